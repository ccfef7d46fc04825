package io.jacobi.nn.calculus.expression;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A canonical text: two expressions have the same key exactly if they differ only in the order of factors and terms, in
 * the names of summed indices, and in the transposes of inverses of symmetric matrices.
 *
 * <p>Summed indices are distinguished by the positions at which they occur, in rounds until no more can be
 * distinguished. For indices that remain indistinguishable every order is tried, and the smallest text is chosen. After
 * {@value #ORDERS} orders the search stops: like terms may then remain separate, but unlike terms are never merged.
 */
final class Key implements Cases<String> {

    private static final int ORDERS = 720;

    /** What the text of a part depends on: the part itself, the labels of its free indices, and its depth. */
    private record Part(Identity expression, List<String> labels, int depth) {}

    /** An expression that is equal only to itself, so that comparing two does not compare all that is in them. */
    private record Identity(Expression expression) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Identity identity && identity.expression == expression;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(expression);
        }
    }

    private final Map<Index, String> labels;
    private final int depth;

    /** The texts of parts, shared by all keys of one text: without it the work would double at each level. */
    private final Map<Part, String> texts;

    private Key(Map<Index, String> labels, int depth, Map<Part, String> texts) {
        this.labels = labels;
        this.depth = depth;
        this.texts = texts;
    }

    private static Key outermost() {
        return new Key(Map.of(), 0, new HashMap<>());
    }

    static String of(Expression expression) {
        if (!(expression instanceof Compound compound)) {
            return outermost().text(expression);
        }
        String known = compound.key();
        String key = known == null ? outermost().text(expression) : known;
        compound.setKey(key);
        return key;
    }

    /** The key of a contraction without its scale, which like terms share. */
    static String withoutScale(Contraction contraction) {
        return outermost().product(contraction);
    }

    private String text(Expression expression) {
        if (Parts.of(expression).isEmpty()) {
            return expression.accept(this);
        }
        List<String> free = expression.indices().stream().map(this::label).toList();
        Part part = new Part(new Identity(expression), free, depth);
        String known = texts.get(part);
        if (known == null) {
            known = expression.accept(this);
            texts.put(part, known);
        }
        return known;
    }

    /** The key of a matrix, whatever the names of the indices of its rows and columns. */
    static String ofMatrix(Expression argument, Index row, Index column) {
        return outermost().matrix(argument, row, column);
    }

    private String label(Index index) {
        return labels.getOrDefault(index, index.name());
    }

    private Key with(Map<Index, String> more) {
        Map<Index, String> all = new HashMap<>(labels);
        all.putAll(more);
        return new Key(all, depth + 1, texts);
    }

    @Override
    public String variable(Variable variable) {
        return variable.name() + variable.at().stream().map(this::label).toList();
    }

    @Override
    public String constant(Constant constant) {
        return Double.toString(constant.value());
    }

    @Override
    public String delta(Delta delta) {
        return "delta" + new TreeSet<>(List.of(label(delta.first()), label(delta.second())));
    }

    @Override
    public String ones(Ones ones) {
        return "ones[" + label(ones.index()) + "]";
    }

    @Override
    public String size(Size size) {
        return "size[" + size.dimension() + "]";
    }

    @Override
    public String contraction(Contraction contraction) {
        return contraction.scale() + "*" + product(contraction);
    }

    @Override
    public String sum(Sum sum) {
        return sum.terms().stream().map(this::text).sorted().collect(Collectors.joining("+", "(", ")"));
    }

    @Override
    public String mapped(Mapped mapped) {
        String argument = text(mapped.argument());
        return mapped.function() instanceof Power power
                ? "power(" + argument + "," + power.exponent() + ")"
                : mapped.function().symbol() + "(" + argument + ")";
    }

    @Override
    public String determinant(Determinant determinant) {
        return "det(" + matrix(determinant.argument(), determinant.row(), determinant.column()) + ")";
    }

    @Override
    public String logDeterminant(LogDeterminant determinant) {
        return "logdet(" + matrix(determinant.argument(), determinant.row(), determinant.column()) + ")";
    }

    @Override
    public String inverse(Inverse inverse) {
        String matrix = matrix(inverse.argument(), inverse.from(), inverse.to());
        boolean symmetric = matrix.equals(matrix(inverse.argument(), inverse.to(), inverse.from()));
        List<String> at = List.of(label(inverse.row()), label(inverse.column()));
        return "inv(" + matrix + ")" + (symmetric ? at.stream().sorted().toList() : at);
    }

    private String matrix(Expression argument, Index row, Index column) {
        return new Key(Map.of(row, "@row", column, "@column"), depth + 1, texts).text(argument);
    }

    private String product(Contraction contraction) {
        List<Index> summed = List.copyOf(contraction.summed());
        return orders(groups(contraction.factors(), summed)).stream()
                .map(order -> text(contraction.factors(), order))
                .min(String::compareTo)
                .orElseThrow();
    }

    private String text(List<Expression> factors, List<Index> order) {
        Map<Index, String> names = new HashMap<>();
        order.forEach(index -> names.put(index, "$" + depth + "." + names.size()));
        Key key = with(names);
        return factors.stream().map(key::text).sorted().collect(Collectors.joining("*", "[", "]"));
    }

    /** Groups of indistinguishable summed indices, in an order that does not depend on their names. */
    private List<List<Index>> groups(List<Expression> factors, List<Index> summed) {
        Map<Index, String> marks = new HashMap<>();
        summed.forEach(index -> marks.put(index, "?"));
        int groups = summed.isEmpty() ? 0 : 1;
        boolean grew = summed.size() > 1;
        while (grew) {
            Map<Index, String> refined = new HashMap<>();
            summed.forEach(index -> refined.put(index, signature(factors, index, marks)));
            List<String> ranked = refined.values().stream().distinct().sorted().toList();
            refined.forEach((index, text) -> marks.put(index, "?" + ranked.indexOf(text)));
            grew = ranked.size() > groups && ranked.size() < summed.size();
            groups = ranked.size();
        }
        return List.copyOf(summed.stream()
                .collect(Collectors.groupingBy(marks::get, TreeMap::new, Collectors.toList()))
                .values());
    }

    private String signature(List<Expression> factors, Index index, Map<Index, String> marks) {
        Map<Index, String> marked = new HashMap<>(marks);
        marked.put(index, "!");
        Key key = with(marked);
        return factors.stream()
                .filter(factor -> factor.indices().contains(index))
                .map(key::text)
                .sorted()
                .toList()
                .toString();
    }

    private static List<List<Index>> orders(List<List<Index>> groups) {
        List<List<Index>> orders = List.of(List.of());
        for (List<Index> group : groups) {
            List<List<Index>> longer = new ArrayList<>();
            for (List<Index> order : orders) {
                arrange(order, group, longer);
            }
            orders = longer;
        }
        return orders;
    }

    private static void arrange(List<Index> before, List<Index> left, List<List<Index>> into) {
        if (left.isEmpty()) {
            into.add(before);
            return;
        }
        for (Index next : left) {
            if (into.size() < ORDERS) {
                List<Index> order = new ArrayList<>(before);
                order.add(next);
                arrange(
                        order,
                        left.stream().filter(index -> !index.equals(next)).toList(),
                        into);
            }
        }
    }

    /** Whether two expressions have the same free indices and the same key. */
    static boolean same(Expression a, Expression b) {
        Set<Index> indices = a.indices();
        return indices.equals(b.indices()) && of(a).equals(of(b));
    }
}
