package io.jacobi.nn.calculus;

import java.util.ArrayList;
import java.util.List;

/** Reads a {@link ContractionSpec}, one character at a time; an error points at its column. */
final class ContractionParser {

    private static final String ARROW = "->";

    private final String text;
    private final List<String> operands = new ArrayList<>();
    private final List<String> deltas = new ArrayList<>();
    private final StringBuilder ones = new StringBuilder();
    private int at;

    ContractionParser(String text) {
        this.text = text;
    }

    ContractionSpec parse() {
        factor();
        while (next(",")) {
            factor();
        }
        String output = next(ARROW) ? indices() : implicitOutput();
        if (at < text.length()) {
            throw unreadable("expected a letter, ',' or a single \"->\"");
        }
        return new ContractionSpec(operands, deltas, ones.toString(), output);
    }

    /** An operand, a delta or ones. */
    private void factor() {
        int start = at;
        if (next(String.valueOf(ContractionSpec.DELTA))) {
            String delta = indices();
            if (delta.length() != 2) {
                at = start;
                throw unreadable("expected two indices after a delta, as in δij");
            }
            deltas.add(delta);
        } else if (next(String.valueOf(ContractionSpec.ONES))) {
            ones.append(indices());
        } else {
            operands.add(indices());
        }
    }

    private String indices() {
        StringBuilder indices = new StringBuilder();
        skipSpaces();
        while (at < text.length() && Indices.isIndex(text.charAt(at))) {
            indices.append(text.charAt(at++));
            skipSpaces();
        }
        return indices.toString();
    }

    private boolean next(String token) {
        skipSpaces();
        boolean found = text.startsWith(token, at);
        at += found ? token.length() : 0;
        return found;
    }

    private void skipSpaces() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    /** The indices that occur once, in alphabetical order. */
    private String implicitOutput() {
        String all = String.join("", operands) + String.join("", deltas) + ones;
        return Indices.join(
                all.chars().filter(c -> all.indexOf(c) == all.lastIndexOf(c)).sorted());
    }

    private IllegalArgumentException unreadable(String expected) {
        String what = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
        String fix =
                text.startsWith("...", at) ? "\n  fix: replace ... by a letter for each index that it stands for" : "";
        return new IllegalArgumentException("Cannot read " + what + " in column " + (at + 1) + " of\n    " + text
                + "\n    " + " ".repeat(at) + "^\n  " + expected + fix);
    }
}
