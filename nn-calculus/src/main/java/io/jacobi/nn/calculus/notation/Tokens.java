package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.notation.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tokens of a formula, read from left to right. */
final class Tokens {

    /** Every algorithm on expressions recurses, and a thread's default stack has room for this depth. */
    static final int DEPTH = 100;

    private static final Pattern NUMBER = Pattern.compile("(\\d+(\\.\\d+)?|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern NAME = Pattern.compile("[\\p{L}&&[^ᵀ]][\\p{L}\\d&&[^ᵀ]]*");
    private static final Pattern SYMBOL = Pattern.compile("\\.[*/^']|[-+*/^'ᵀ()_{},]");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final String formula;
    private final List<Token> tokens = new ArrayList<>();
    private int position;
    private int depth;

    Tokens(String formula) {
        this.formula = formula;
        int at = 0;
        while (at < formula.length()) {
            at = read(at);
        }
        tokens.add(new Token(Kind.END, "", formula.length() + 1));
    }

    private int read(int at) {
        Matcher matcher = SPACE.matcher(formula).region(at, formula.length());
        if (matcher.lookingAt()) {
            return matcher.end();
        }
        for (Kind kind : List.of(Kind.NUMBER, Kind.NAME, Kind.SYMBOL)) {
            matcher.usePattern(pattern(kind));
            if (matcher.lookingAt()) {
                tokens.add(new Token(kind, matcher.group(), at + 1));
                return matcher.end();
            }
        }
        throw new SyntaxException(
                formula,
                at + 1,
                "\"" + formula.charAt(at) + "\" is not part of the notation",
                "expected names, numbers and + - * / ^ .* ./ .^ ' ( ) _ { } ,");
    }

    private static Pattern pattern(Kind kind) {
        return kind == Kind.NUMBER ? NUMBER : kind == Kind.NAME ? NAME : SYMBOL;
    }

    Token peek() {
        return tokens.get(position);
    }

    /** The token that was read last. */
    Token last() {
        return tokens.get(Math.max(0, position - 1));
    }

    /** The token {@code ahead} places after the next one; the end if there is none. */
    Token peek(int ahead) {
        return tokens.get(Math.min(position + ahead, tokens.size() - 1));
    }

    Token next() {
        Token token = peek();
        position = Math.min(position + 1, tokens.size() - 1);
        return token;
    }

    /** Takes the next token if it is this symbol. */
    boolean take(String symbol) {
        boolean is = peek().is(symbol);
        if (is) {
            next();
        }
        return is;
    }

    void expect(String symbol) {
        if (!take(symbol)) {
            throw unexpected("expected \"" + symbol + "\"");
        }
    }

    SyntaxException unexpected(String advice) {
        return error(peek(), "did not expect " + peek(), advice);
    }

    SyntaxException error(Token at, String problem, String advice) {
        return new SyntaxException(formula, at.column(), problem, advice);
    }

    /**
     * The result of reading a part that is nested one level deeper.
     *
     * @throws SyntaxException if that is more than {@value #DEPTH} levels deep
     */
    <T> T nested(Supplier<T> part) {
        if (depth == DEPTH) {
            throw error(
                    peek(),
                    "the formula is nested too deeply",
                    "expected at most " + DEPTH + " parentheses, functions and powers inside each other"
                            + "\n  fix: remove parentheses, or compute an inner part first and give it a name");
        }
        depth++;
        T read = part.get();
        depth--;
        return read;
    }

    /** The value of a number. */
    double value(Token number) {
        double value = Double.parseDouble(number.text());
        if (Double.isInfinite(value)) {
            throw error(
                    number,
                    number + " is too large",
                    "expected at most " + Double.MAX_VALUE + ", the largest number of double precision"
                            + "\n  fix: rescale the formula");
        }
        return value;
    }

    /** Whether a text is the formula that these are the tokens of. */
    boolean isFormula(String text) {
        return formula.equals(text);
    }

    /** The formula with * between all factors that stand side by side, for messages. */
    String withProducts() {
        StringBuilder text = new StringBuilder();
        int end = 0;
        for (int at = 0; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            boolean sideBySide = at > 0 && tokens.get(at - 1).endsOperand() && token.startsOperand() && !isCall(at);
            text.append(sideBySide ? "*" : formula.substring(end, token.column() - 1));
            text.append(token.kind() == Kind.NAME ? split(token.text()) : token.text());
            end = token.column() - 1 + token.text().length();
        }
        return text.toString();
    }

    /** Whether a parenthesis follows a name that is not a matrix, as in f(x), or a function with a prime, as in relu'(x). */
    private boolean isCall(int at) {
        int before = at > 1 && tokens.get(at - 1).is("'") ? at - 2 : at - 1;
        if (before < 0 || !tokens.get(at).is("(") || tokens.get(before).kind() != Kind.NAME) {
            return false;
        }
        Token name = tokens.get(before);
        boolean word = !name.text().matches("\\p{Lu}") && name.touches(tokens.get(before + 1)) && before == at - 1;
        return word || MatrixFunctions.NAMES.contains(name.text());
    }

    /** A name such as Ax as A*x, if it is short, has an upper-case letter, and one letter is another name. */
    private String split(String name) {
        boolean letters = name.matches("\\p{L}{2,4}")
                && name.chars().anyMatch(Character::isUpperCase)
                && !MatrixFunctions.NAMES.contains(name);
        boolean known = tokens.stream().anyMatch(other -> other.text().length() == 1 && name.contains(other.text()));
        return letters && known ? String.join("*", name.split("(?<=.)(?=.)", -1)) : name;
    }

    List<Token> all() {
        return List.copyOf(tokens);
    }
}
