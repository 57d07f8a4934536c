//! Every attribute that says when a script runs, and everything that one waits for.

use super::*;

const PLAIN: NewScript = NewScript {
    kind: ScriptKind::Classic,
    is_external: true,
    is_async: false,
    is_defer: false,
    is_parser_inserted: true,
};
const INLINE: NewScript = NewScript { is_external: false, ..PLAIN };
const ASYNC: NewScript = NewScript { is_async: true, ..PLAIN };
const DEFER: NewScript = NewScript { is_defer: true, ..PLAIN };
const MODULE: NewScript = NewScript { kind: ScriptKind::Module, ..PLAIN };

/// Prepares scripts; their ids are 0, 1, 2 ...
fn order(scripts: &[NewScript]) -> (ScriptOrder, Vec<Turn>) {
    let mut order = ScriptOrder::default();
    let turns = scripts.iter().map(|script| order.prepared(*script).1).collect();
    (order, turns)
}

/// All that may run now: the number of each, and what it has waited for last.
fn run(order: &mut ScriptOrder) -> Vec<(usize, Hold)> {
    std::iter::from_fn(|| order.next()).map(|run| (run.id.0, run.held)).collect()
}

#[test]
fn attributes_say_which_queue_a_script_waits_in() {
    use Turn::{AfterParsing, AsSoonAsPossible, BeforeParsingGoesOn, Immediately, InOrder};
    let made = |script: NewScript| NewScript { is_parser_inserted: false, ..script };
    for (script, turn) in [
        (PLAIN, BeforeParsingGoesOn),
        (INLINE, Immediately),
        (ASYNC, AsSoonAsPossible),
        (DEFER, AfterParsing),
        (NewScript { is_async: true, ..DEFER }, AsSoonAsPossible),
        (NewScript { is_async: true, ..INLINE }, Immediately),
        (NewScript { is_defer: true, ..INLINE }, Immediately),
        (MODULE, AfterParsing),
        (NewScript { is_external: false, ..MODULE }, AfterParsing),
        (NewScript { is_async: true, ..MODULE }, AsSoonAsPossible),
        (NewScript { is_async: true, is_external: false, ..MODULE }, AsSoonAsPossible),
        (made(PLAIN), InOrder),
        (made(DEFER), InOrder),
        (made(ASYNC), AsSoonAsPossible),
        (made(MODULE), InOrder),
        (made(INLINE), Immediately),
        (NewScript { kind: ScriptKind::ImportMap, ..INLINE }, Immediately),
        (NewScript { kind: ScriptKind::SpeculationRules, ..INLINE }, Immediately),
    ] {
        assert_eq!(order(&[script]).1, [turn], "{script:?}");
    }
}

#[test]
fn the_parser_waits_for_a_plain_script_to_come() {
    let (mut order, _) = order(&[PLAIN]);
    assert!(order.blocks_parser());
    assert_eq!(run(&mut order), []);
    order.came(ScriptId(0));
    assert_eq!(run(&mut order), [(0, Hold::Coming)]);
    assert!(!order.blocks_parser() && order.is_done());
}

#[test]
fn a_plain_script_waits_for_the_sheets_before_it_too() {
    let mut order = ScriptOrder::default();
    order.set_sheets_block(true);
    order.prepared(PLAIN);
    order.came(ScriptId(0));
    assert_eq!(run(&mut order), []);
    order.set_sheets_block(false);
    assert_eq!(run(&mut order), [(0, Hold::Sheets)]);
}

#[test]
fn inline_scripts_wait_for_sheets_and_import_maps_do_not() {
    let mut order = ScriptOrder::default();
    order.set_sheets_block(true);
    order.prepared(NewScript { kind: ScriptKind::ImportMap, ..INLINE });
    assert_eq!(run(&mut order), [(0, Hold::Nothing)]);
    let (_, turn) = order.prepared(INLINE);
    assert_eq!(turn, Turn::BeforeParsingGoesOn);
    assert!(order.blocks_parser());
    assert_eq!(run(&mut order), []);
    order.set_sheets_block(false);
    assert_eq!(run(&mut order), [(1, Hold::Sheets)]);
}

#[test]
fn async_scripts_run_as_they_come_whatever_else_waits() {
    let mut order = ScriptOrder::default();
    order.set_sheets_block(true);
    for script in [ASYNC, ASYNC, PLAIN] {
        order.prepared(script);
    }
    assert_eq!(run(&mut order), []);
    order.came(ScriptId(1));
    assert_eq!(run(&mut order), [(1, Hold::Coming)]);
    order.came(ScriptId(0));
    assert_eq!(run(&mut order), [(0, Hold::Coming)]);
    assert!(order.blocks_parser());
}

#[test]
fn deferred_scripts_and_modules_run_after_parsing_in_order() {
    let (mut order, _) = order(&[DEFER, MODULE, NewScript { is_external: false, ..MODULE }]);
    order.came(ScriptId(1));
    order.parsing_ended();
    assert_eq!(run(&mut order), []);
    assert!(!order.lets_document_finish());
    order.came(ScriptId(0));
    let first = ScriptId(0);
    assert_eq!(run(&mut order), [(0, Hold::Coming), (1, Hold::Earlier(first)), (2, Hold::Earlier(first))]);
    assert!(order.lets_document_finish());
}

#[test]
fn what_has_come_waits_for_the_end_of_parsing_and_then_for_sheets() {
    let (mut order, _) = order(&[DEFER, DEFER]);
    order.came(ScriptId(0));
    order.came(ScriptId(1));
    assert_eq!(run(&mut order), []);
    order.set_sheets_block(true);
    order.parsing_ended();
    assert_eq!(run(&mut order), []);
    order.set_sheets_block(false);
    assert_eq!(run(&mut order), [(0, Hold::Sheets), (1, Hold::Sheets)]);
    let (mut order, _) = self::order(&[DEFER]);
    order.came(ScriptId(0));
    assert_eq!(run(&mut order), []);
    order.parsing_ended();
    assert_eq!(run(&mut order), [(0, Hold::Parsing)]);
}

#[test]
fn scripts_made_by_scripts_run_in_order_if_they_are_not_async() {
    let made = NewScript { is_parser_inserted: false, ..PLAIN };
    let (mut order, _) = order(&[made, made]);
    order.came(ScriptId(1));
    assert_eq!(run(&mut order), []);
    assert!(order.lets_document_finish(), "they hold the event load alone");
    assert!(!order.is_done());
    order.came(ScriptId(0));
    assert_eq!(run(&mut order), [(0, Hold::Coming), (1, Hold::Earlier(ScriptId(0)))]);
}

#[test]
fn what_is_given_up_is_told_and_never_runs() {
    let (mut order, _) = order(&[ASYNC, DEFER, PLAIN]);
    let left: Vec<usize> = order.give_up().into_iter().map(|run| run.id.0).collect();
    assert_eq!(left, [0, 1, 2]);
    order.came(ScriptId(2));
    assert_eq!(run(&mut order), []);
    assert!(!order.blocks_parser() && order.lets_document_finish());
    assert_eq!(order.prepared(INLINE).0, ScriptId(3), "names are not given twice");
}

#[test]
fn what_is_there_when_its_element_comes_has_waited_for_nothing() {
    let (mut order, _) = order(&[ASYNC]);
    order.came(ScriptId(0));
    assert_eq!(run(&mut order), [(0, Hold::Nothing)]);
}
