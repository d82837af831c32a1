drop trigger decision_notes_its_block on decision;
drop function note_decision_blocks();
drop function decision_words(text[], text, text, text[], uuid[]);
drop table decision_block;
