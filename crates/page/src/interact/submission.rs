//! Sending a form. <https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#form-submission-2>

use fanlight_base::atoms::local_name;
use fanlight_dom::form::InputType;
use fanlight_dom::{Document, NodeId};
use url::Url;
use url::form_urlencoded::Serializer;

use super::forms::{button_kind, controls, is, is_off, is_selected, option_text, options};

/// What sending a form asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Submission {
    /// To go to a URL with the form's data in it.
    Get(Url),
    /// To send the data to a URL in a request's body.
    Post(Url),
    /// Nothing: the form only closes a dialog, or its address is a script's.
    Nothing,
}

/// What sending `form` asks for, on behalf of the button that was pressed, where one was. `base` is what its address
/// is relative to, `own` the document's address.
pub(super) fn submit(
    document: &Document,
    form: NodeId,
    submitter: Option<NodeId>,
    base: &Url,
    own: &Url,
) -> Submission {
    // What the button says counts before what the form says.
    let button = submitter.and_then(|button| document.element(button));
    let form_element = document.element(form);
    let method = button
        .and_then(|button| button.attribute(&local_name!("formmethod")))
        .or_else(|| form_element?.attribute(&local_name!("method")))
        .unwrap_or_default();
    let action = button
        .and_then(|button| button.attribute(&local_name!("formaction")))
        .or_else(|| form_element?.attribute(&local_name!("action")))
        .map(str::trim)
        .filter(|action| !action.is_empty());
    let url = match action {
        Some(action) => base.join(action).ok(),
        None => Some(own.clone()),
    };
    let Some(mut url) = url.filter(|url| url.scheme() != "javascript") else { return Submission::Nothing };
    if method.eq_ignore_ascii_case("dialog") {
        return Submission::Nothing;
    }
    if method.eq_ignore_ascii_case("post") {
        return Submission::Post(url);
    }
    let mut query = Serializer::new(String::new());
    query.extend_pairs(entry_list(document, form, submitter));
    url.set_query(Some(&query.finish()));
    Submission::Get(url)
}

/// The names and values that are sent.
/// <https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#constructing-the-form-data-set>
fn entry_list(document: &Document, form: NodeId, submitter: Option<NodeId>) -> Vec<(String, String)> {
    let mut entries = Vec::new();
    for control in controls(document, form) {
        let Some(element) = document.element(control) else { continue };
        let in_list = document.ancestors(control).any(|above| is(document, above, &local_name!("datalist")));
        if in_list
            || is_off(document, control)
            || button_kind(element).is_some() && submitter != Some(control)
        {
            continue;
        }
        let name = element.attribute(&local_name!("name")).unwrap_or_default();
        let input = element.is_html(&local_name!("input")).then(|| InputType::of(element));
        if input == Some(InputType::Image) {
            // FIXME: where on the picture the pointer was is not kept.
            let prefix = if name.is_empty() { String::new() } else { format!("{name}.") };
            entries.extend(["x", "y"].map(|axis| (format!("{prefix}{axis}"), "0".to_owned())));
            continue;
        }
        if name.is_empty() {
            continue;
        }
        if element.is_html(&local_name!("select")) {
            let chosen = options(document, control).into_iter();
            for option in chosen.filter(|&option| is_selected(document, option) && !is_off(document, option))
            {
                entries.push((name.to_owned(), option_value(document, option)));
            }
            continue;
        }
        let value = match input {
            Some(InputType::Checkbox | InputType::Radio) => {
                if !is_selected(document, control) {
                    continue;
                }
                element.attribute(&local_name!("value")).unwrap_or("on").to_owned()
            }
            // No files can be chosen: an empty name stands for none.
            Some(InputType::File) => String::new(),
            Some(InputType::Hidden) if name.eq_ignore_ascii_case("_charset_") => "UTF-8".to_owned(),
            None if button_kind(element).is_some() => {
                element.attribute(&local_name!("value")).unwrap_or_default().to_owned()
            }
            _ => document.control_value(control).unwrap_or_default().replace('\n', "\r\n"),
        };
        entries.push((name.to_owned(), value));
    }
    entries
}

/// <https://html.spec.whatwg.org/multipage/form-elements.html#concept-option-value>
fn option_value(document: &Document, option: NodeId) -> String {
    match document.element(option).and_then(|option| option.attribute(&local_name!("value"))) {
        Some(value) => value.to_owned(),
        None => option_text(document, option),
    }
}

#[cfg(test)]
mod tests {
    use fanlight_base::diagnostics::Unheard;
    use fanlight_html::{ParserOptions, parse_document};

    use super::*;
    use crate::interact::form_state::set_initial_states;

    fn submission(html: &str, button: Option<&str>) -> Submission {
        let options = ParserOptions::new("http://a/b/c?d", std::sync::Arc::new(Unheard));
        let options = ParserOptions { charset: Some("utf-8"), ..options };
        let mut document = parse_document(html.as_bytes(), &options);
        set_initial_states(&mut document);
        let form = document.element_by_id("f").unwrap();
        let url = Url::parse("http://a/b/c?d").unwrap();
        submit(&document, form, button.and_then(|id| document.element_by_id(id)), &url, &url)
    }

    fn query(html: &str, button: Option<&str>) -> String {
        match submission(html, button) {
            Submission::Get(url) => url.query().unwrap_or_default().to_owned(),
            other => panic!("not sent in the URL: {other:?}"),
        }
    }

    #[test]
    fn each_kind_of_control_gives_what_it_holds() {
        let html = "<form id=f><input name=text value='a b&ä'><input value=nameless><textarea name=lines>\nx\ny</textarea>\
            <input type=checkbox name=on checked><input type=checkbox name=off><input type=radio name=r value=1>\
            <input type=radio name=r value=2 checked><input type=hidden name=h value=1><input name=no disabled>\
            <select name=s><option>one<option value=2 selected>two</select>\
            <select name=m multiple><option selected>p<option>q<option selected>r</select>\
            <button name=b value=1 id=b></button><input type=submit name=c value=2></form><input name=out>\
            <input form=f name=in value=3>";
        let expected = "text=a+b%26%C3%A4&lines=x%0D%0Ay&on=on&r=2&h=1&s=2&m=p&m=r";
        assert_eq!(query(html, None), format!("{expected}&in=3"));
        assert_eq!(query(html, Some("b")), format!("{expected}&b=1&in=3"));
    }

    #[test]
    fn the_data_replaces_the_query_of_the_address() {
        let own = submission("<form id=f><input name=x value=1></form>", None);
        assert_eq!(own, Submission::Get(Url::parse("http://a/b/c?x=1").unwrap()));
        let other = submission("<form id=f action=../e?old#g></form>", None);
        assert_eq!(other, Submission::Get(Url::parse("http://a/e?#g").unwrap()));
    }

    #[test]
    fn what_the_button_says_counts_before_what_the_form_says() {
        let html = "<form id=f method=post action=one><button id=b formmethod=get formaction=two></button>\
            <button id=d formmethod=dialog></button></form>";
        assert_eq!(submission(html, None), Submission::Post(Url::parse("http://a/b/one").unwrap()));
        assert_eq!(submission(html, Some("b")), Submission::Get(Url::parse("http://a/b/two?").unwrap()));
        assert_eq!(submission(html, Some("d")), Submission::Nothing);
    }
}
