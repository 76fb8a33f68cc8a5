//! A stamp: the line that tells which version a card is, from when, and its fingerprint. It is put on when all else is drawn.

use super::canvas::{Canvas, How};
use super::setter::{Script, Setter};
use crate::frame::{Card, Role, TagId};
use crate::locale;
use crate::rich::Rich;
use crate::source::NodeId;
use crate::text::Shaper;
use crate::theme::{TextRole, Theme};

/// Puts a stamp on a card that was laid out with room for one: `version` in the weight of the foot, then the rest. A card
/// without room stays as it is.
pub fn stamp(card: &mut Card, version: Option<&str>, rest: &str, theme: &Theme, shaper: &mut Shaper<'_>) {
    let Some(slot) = card.stamp else { return };
    let Some(page) = card.pages.get_mut(slot.page) else { return };
    let (script, locale) = (Script::of(&card.lang), locale::locale(&card.lang));
    let mut setter = Setter { shaper, theme, lang: &card.lang, locale, script };
    let version = Rich::plain(version.map(|v| format!("{v}\u{a0}· ")).unwrap_or_default(), NodeId(0));
    let rest = Rich::plain(rest, NodeId(0));
    let para = if version.text.is_empty() {
        setter.para(&[(&rest, TextRole::FootNote)])
    } else {
        setter.para(&[(&version, TextRole::Foot), (&rest, TextRole::FootNote)])
    };
    let size = (slot.width / para.natural_width().max(0.1)).min(slot.size);
    // the recipe's own tag is the first
    let tag = card.tags.add(Role::P, (!card.tags.is_empty()).then_some(TagId(0)));
    let empty = crate::frame::Page { size: page.size, bleed: page.bleed, items: Vec::new() };
    let mut canvas = Canvas::resume(std::mem::replace(page, empty), script.rtl, &mut card.tags);
    canvas.line(&para, size, slot.start, slot.y, slot.width, How::new(Some(tag)));
    *page = canvas.page;
}
