//! A workspace's own rules, ready to judge.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::{TurnError, Turns};
use crate::advisor::{InForce, Inbound, Needs, OwnPages, PageText, StoreError, Workspace};
use crate::ident::Installation;

/// The rules of how many workspaces stay ready; most have none of their own and share the server's.
const MOST: usize = 32;

/// What holds for a workspace while one of its turns runs.
pub(super) struct Ground {
    /// Its settings.
    pub(super) workspace: Workspace,
    /// The rules that judge its plans.
    pub(super) in_force: Arc<InForce>,
}

/// The rules of workspaces that have some of their own, each under the state of its pages.
#[derive(Debug, Default)]
pub(super) struct Compiled(Mutex<BTreeMap<Installation, (String, Arc<InForce>)>>);

impl Compiled {
    fn find(&self, installation: &Installation, state: &str) -> Option<Arc<InForce>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (of, in_force) = known.get(installation)?;
        (of == state).then(|| in_force.clone())
    }

    fn keep(&self, installation: Installation, state: String, in_force: Arc<InForce>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(installation, (state, in_force));
    }

    /// Drops those of an installation.
    pub(super) fn clear(&self, installation: &Installation) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.remove(installation);
    }
}

impl Turns {
    /// What holds for the workspace that a turn is about.
    pub(super) async fn ground(
        &self,
        inbound: &Inbound,
        needs: &Needs,
    ) -> Result<Ground, TurnError> {
        let workspace = self.workspace(inbound, needs).await?;
        let in_force = self.in_force(&inbound.installation, &workspace.rules);
        Ok(Ground {
            in_force: in_force.await?,
            workspace,
        })
    }

    async fn in_force(
        &self,
        installation: &Installation,
        pages: &OwnPages,
    ) -> Result<Arc<InForce>, StoreError> {
        if pages.in_force.is_empty() {
            return Ok(self.shared.everywhere.clone());
        }
        let state = pages.state();
        if let Some(known) = self.shared.compiled.find(installation, &state) {
            return Ok(known);
        }
        let store = &self.shared.ports.store;
        let mut given = Vec::new();
        for page in &pages.in_force {
            let text = store.rule_page(installation, &page.id).await?;
            given.push((page.clone(), text));
        }
        let in_force = Arc::new(InForce::of(&self.shared.everywhere.rules, &given));
        let unused = in_force.unused.len();
        if unused > 0 {
            tracing::warn!(%installation, unused, "rules of a workspace's own cannot be used");
        }
        let kept = (installation.clone(), state);
        self.shared.compiled.keep(kept.0, kept.1, in_force.clone());
        Ok(in_force)
    }

    /// The texts of the workspace's pages.
    pub(super) async fn gather_pages(
        &self,
        inbound: &Inbound,
        needs: &Needs,
        workspace: &Workspace,
    ) -> Result<Vec<PageText>, StoreError> {
        let mut texts = Vec::new();
        if !needs.pages {
            return Ok(texts);
        }
        let OwnPages { in_force, aside } = &workspace.rules;
        for page in in_force.iter().chain(aside) {
            let text = self
                .shared
                .ports
                .store
                .rule_page(&inbound.installation, &page.id);
            texts.extend(text.await?.map(|text| PageText {
                id: page.id.clone(),
                text,
            }));
        }
        Ok(texts)
    }
}
