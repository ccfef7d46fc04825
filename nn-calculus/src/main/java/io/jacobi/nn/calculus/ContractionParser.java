package io.jacobi.nn.calculus;

import io.jacobi.nn.calculus.expression.Excerpt;
import java.util.ArrayList;
import java.util.List;

/** Reads a {@link ContractionSpec}, one character at a time; an error points at its column. */
final class ContractionParser {

    private static final String ARROW = "->";

    private static final String RESERVED = "\n  fix: δ is reserved for deltas; name an index with another letter";

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
        skipSpaces();
        int start = at;
        if (next(String.valueOf(ContractionSpec.DELTA))) {
            String delta = indices();
            if (delta.length() != 2 || looksLikeOperand(delta)) {
                at = start;
                throw unreadable("expected two Latin letters after a delta, as in δij" + RESERVED);
            }
            deltas.add(delta);
        } else if (next(String.valueOf(ContractionSpec.ONES))) {
            String index = indices();
            if (index.isEmpty()) {
                throw unreadable("expected an index after the 1 of ones, as in 1i");
            }
            ones.append(index);
        } else {
            operands.add(indices());
        }
    }

    /**
     * Whether δγε may be an operand with an index δ that is not allowed. A contraction of this library has deltas of
     * Greek letters only if it has all Latin ones.
     */
    private boolean looksLikeOperand(String delta) {
        boolean greek =
                delta.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.GREEK);
        return greek && Indices.hasLatinLeft(text);
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
        boolean delta = at < text.length() && text.charAt(at) == ContractionSpec.DELTA && !expected.endsWith(RESERVED);
        return new IllegalArgumentException("Cannot read " + what + " in column " + (at + 1) + " of\n    "
                + Excerpt.pointing(text, at).replace("\n", "\n    ") + "\n  " + expected + (delta ? RESERVED : "")
                + fix);
    }
}
