//! What is said about a port as a constant.

use proc_macro2::{Span, TokenStream};
use quote::quote;

use super::effect::Effect;
use super::options::PortOptions;
use super::validator::Validator;
use super::widget::AssignWidget;

impl PortOptions {
    /// Whether something is said beside label, description and default.
    pub(crate) fn is_annotated(&self) -> bool {
        let Self { widget, return_widget, validators, effects, descriptors, item, .. } = self;
        widget.is_some()
            || return_widget.is_some()
            || item.is_some()
            || !(validators.is_empty() && effects.is_empty() && descriptors.is_empty())
    }

    /// Whether a constant of the user is in it, which the compiler alone can look into.
    pub(crate) fn has_constants(&self) -> bool {
        matches!(self.widget, Some(AssignWidget::Constant(_)))
            || self.validators.iter().any(|validator| matches!(validator, Validator::Constant(_)))
            || self.effects.iter().any(|effect| matches!(effect, Effect::Constant(_)))
            || self.item.as_ref().is_some_and(|item| item.has_constants())
    }

    /// Where it is said.
    pub(crate) fn span(&self) -> Span {
        self.span.unwrap_or_else(Span::call_site)
    }

    /// What is said beside label, description and default, as `Annotations`.
    pub(crate) fn annotations(&self, core: &TokenStream) -> TokenStream {
        let list = |parts: Vec<TokenStream>| (!parts.is_empty()).then(|| quote!(&[#(#parts),*]));
        let widget = self.widget.as_ref().map(|widget| {
            let widget = widget.expand(core);
            quote!(.asked_by(#widget))
        });
        let return_widget = self.return_widget.as_ref().map(|widget| {
            let widget = widget.expand(core);
            quote!(.shown_by(#widget))
        });
        let validators = list(self.validators.iter().map(|validator| validator.expand(core)).collect())
            .map(|validators| quote!(.validated(#validators)));
        let effects = list(self.effects.iter().map(|effect| effect.expand(core)).collect())
            .map(|effects| quote!(.with_effects(#effects)));
        let descriptors = list(self.descriptors.iter().map(|descriptor| descriptor.expand(core)).collect())
            .map(|descriptors| quote!(.with_descriptors(#descriptors)));
        let item = self.item.as_ref().map(|item| {
            let item = item.all_annotations(core);
            quote!(.with_item(&#item))
        });
        quote! {
            #core::port::Annotations::new()
                #widget #return_widget #validators #effects #descriptors #item
        }
    }

    /// The same with label and description, for ports that have no other place for them.
    pub(crate) fn all_annotations(&self, core: &TokenStream) -> TokenStream {
        let annotations = self.annotations(core);
        let label = self.label.as_ref().map(|label| quote!(.labelled(#label)));
        let description = self.description.as_ref().map(|description| quote!(.described(#description)));
        quote!(#annotations #label #description)
    }
}
