// The emoji that messages name; another name stays as it was written.

const names = `
+1 👍 -1 👎 thumbsup 👍 thumbsdown 👎 eyes 👀 tada 🎉 rocket 🚀 fire 🔥 heart ❤️ wave 👋 clap 👏 pray 🙏
white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ warning ⚠️ no_entry ⛔ question ❓ exclamation ❗
bulb 💡 memo 📝 pencil ✏️ pushpin 📌 round_pushpin 📍 link 🔗 mag 🔍 lock 🔒 unlock 🔓 key 🔑 bell 🔔 no_bell 🔕
calendar 📅 date 📅 spiral_calendar_pad 🗓️ hourglass ⌛ hourglass_flowing_sand ⏳ stopwatch ⏱️ alarm_clock ⏰
chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 bar_chart 📊 moneybag 💰 money_with_wings 💸 dollar 💵
euro 💶 pound 💷 credit_card 💳 receipt 🧾 handshake 🤝 dart 🎯 compass 🧭 world_map 🗺️ telescope 🔭 microscope 🔬
large_green_circle 🟢 large_yellow_circle 🟡 large_orange_circle 🟠 red_circle 🔴 large_blue_circle 🔵 white_circle ⚪
black_circle ⚫ large_red_square 🟥 large_green_square 🟩 large_yellow_square 🟨 large_blue_square 🟦
small_blue_diamond 🔹 small_orange_diamond 🔸 arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️
arrow_upper_right ↗️ arrow_lower_right ↘️ leftwards_arrow_with_hook ↩️ repeat 🔁 arrows_counterclockwise 🔄
information_source ℹ️ speech_balloon 💬 thought_balloon 💭 loudspeaker 📢 mega 📣 email 📧 inbox_tray 📥
outbox_tray 📤 package 📦 gear ⚙️ wrench 🔧 hammer 🔨 hammer_and_wrench 🛠️ construction 🚧 rotating_light 🚨
books 📚 book 📖 bookmark 🔖 clipboard 📋 file_folder 📁 open_file_folder 📂 page_facing_up 📄 paperclip 📎
star ⭐ star2 🌟 sparkles ✨ zap ⚡ sunny ☀️ seedling 🌱 evergreen_tree 🌲 robot_face 🤖 see_no_evil 🙈
smile 😄 slightly_smiling_face 🙂 grinning 😀 joy 😂 wink 😉 thinking_face 🤔 disappointed 😞 cry 😢 sob 😭
sweat_smile 😅 sunglasses 😎 raised_hands 🙌 muscle 💪 point_right 👉 point_left 👈 point_up 👆 point_down 👇
ok_hand 👌 v ✌️ crossed_fingers 🤞 office 🏢 house 🏠 factory 🏭 briefcase 💼 trophy 🏆 medal 🏅 checkered_flag 🏁
one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ six 6️⃣ seven 7️⃣ eight 8️⃣ nine 9️⃣ keycap_ten 🔟 100 💯
`.trim().split(/\s+/);

const table = new Map();
for (let n = 0; n < names.length; n += 2) table.set(names[n], names[n + 1]);

export const emoji = (name) => table.get(name.split('::')[0]);
