package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.notation.FormTree.Applied;
import io.jacobi.nn.calculus.notation.FormTree.Combined;
import io.jacobi.nn.calculus.notation.FormTree.Known;
import io.jacobi.nn.calculus.notation.FormTree.Open;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The smallest cost of each form that a formula can have, and the kinds of its open names that lead to it. */
final class FormCosts {

    /** The cost of what makes no sense; twice as much does not overflow. */
    static final long IMPOSSIBLE = Long.MAX_VALUE / 4;

    /** How a part gets a form at its smallest cost: the forms of its left and right side, if it has sides. */
    private record Way(Form left, Form right) {}

    /**
     * A part, for each form: the smallest cost, the ways to it, and whether more than one choice of kinds leads to it.
     */
    private static final class Node {
        final long[] costs = new long[Form.values().length];
        final List<List<Way>> ways = new ArrayList<>();
        final boolean[] several = new boolean[costs.length];
        final List<Node> sides;
        final String name;

        Node(String name, List<Node> sides) {
            this.name = name;
            this.sides = sides;
            Arrays.fill(costs, IMPOSSIBLE);
            for (int form = 0; form < costs.length; form++) {
                ways.add(new ArrayList<>(2));
            }
        }

        void add(Form form, long cost, Way way, boolean more) {
            int at = place(form);
            if (cost >= IMPOSSIBLE || cost > costs[at]) {
                return;
            }
            if (cost < costs[at]) {
                ways.get(at).clear();
                several[at] = false;
            }
            costs[at] = cost;
            several[at] |= more || !ways.get(at).isEmpty();
            ways.get(at).add(way);
        }
    }

    /** The place of a form in the arrays of a node; an EnumMap would box each cost. */
    @SuppressWarnings("EnumOrdinal")
    private static int place(Form form) {
        return form.ordinal();
    }

    private final Function<String, long[]> costs;
    private final Node root;

    /** The forms of the whole formula that have the smallest cost. */
    private final List<Form> cheapest;

    /** {@code costs} are the costs of a number and of a vector at one place of a name. */
    FormCosts(FormTree tree, Function<String, long[]> costs) {
        this.costs = costs;
        this.root = node(tree);
        long least = Arrays.stream(root.costs).min().orElseThrow();
        this.cheapest = Arrays.stream(Form.values())
                .filter(form -> root.costs[place(form)] == least)
                .toList();
    }

    long least() {
        return root.costs[place(cheapest.get(0))];
    }

    private Node node(FormTree part) {
        if (part instanceof Combined combined) {
            Node sum = node(combined.parts().get(0));
            for (int at = 0; at < combined.operators().size(); at++) {
                sum = combined(
                        sum, combined.operators().get(at), node(combined.parts().get(at + 1)));
            }
            return sum;
        }
        if (part instanceof Applied applied) {
            return applied(applied.function(), node(applied.argument()));
        }
        if (part instanceof Open open) {
            Node node = new Node(open.name(), List.of());
            long[] cost = costs.apply(open.name());
            node.add(Form.NUMBER, cost[0], new Way(Form.NUMBER, Form.NUMBER), false);
            node.add(Form.COLUMN, cost[1], new Way(Form.COLUMN, Form.COLUMN), false);
            return node;
        }
        Form known = ((Known) part).form();
        Node node = new Node("", List.of());
        node.add(known, 0, new Way(known, known), false);
        return node;
    }

    private static Node combined(Node left, String operator, Node right) {
        Node node = new Node("", List.of(left, right));
        for (Form one : Form.values()) {
            for (Form other : Form.values()) {
                int l = place(one);
                int r = place(other);
                long cost = left.costs[l] + right.costs[r];
                boolean more = left.several[l] || right.several[r];
                if (!isBias(operator, left, one, right, other)) {
                    one.combined(operator, other).ifPresent(form -> node.add(form, cost, new Way(one, other), more));
                }
            }
        }
        return node;
    }

    /** Whether an open name would be a number that is added to a matrix. In X*W' + b it is meant as a vector. */
    private static boolean isBias(String operator, Node left, Form one, Node right, Form other) {
        boolean sum = operator.equals("+") || operator.equals("-");
        boolean leftIs = !left.name.isEmpty() && one == Form.NUMBER && other == Form.MATRIX;
        boolean rightIs = !right.name.isEmpty() && other == Form.NUMBER && one == Form.MATRIX;
        return sum && (leftIs || rightIs);
    }

    private static Node applied(String function, Node argument) {
        Node node = new Node("", List.of(argument));
        for (Form one : Form.values()) {
            int at = place(one);
            value(function, one)
                    .ifPresent(form -> node.add(form, argument.costs[at], new Way(one, one), argument.several[at]));
        }
        return node;
    }

    /** The form of the value of a function; "'" and "^" are as in {@link FormTree.Applied}. */
    static Optional<Form> value(String function, Form argument) {
        return switch (function) {
            case "'" -> Optional.of(argument.transposed());
            case "^" -> argument.isVector() ? Optional.empty() : Optional.of(argument);
            default -> Signature.value(function, argument);
        };
    }

    /**
     * The kinds that the open names have in a choice of the smallest cost; a name that occurs more than once may have
     * two. {@code second} asks for another choice than the first, if there is one.
     */
    Map<String, Set<Form>> choice(boolean second) {
        Map<String, Set<Form>> kinds = new LinkedHashMap<>();
        boolean other = second && cheapest.size() > 1;
        choose(root, cheapest.get(other ? 1 : 0), second && !other, kinds);
        return kinds;
    }

    private static void choose(Node start, Form startForm, boolean second, Map<String, Set<Form>> kinds) {
        Node node = start;
        Form form = startForm;
        boolean other = second;
        while (true) {
            List<Way> ways = node.ways.get(place(form));
            other &= node.several[place(form)];
            boolean here = other && ways.size() > 1;
            Way way = ways.get(here ? 1 : 0);
            if (!node.name.isEmpty()) {
                kinds.computeIfAbsent(node.name, any -> EnumSet.noneOf(Form.class))
                        .add(form);
            }
            if (node.sides.isEmpty()) {
                return;
            }
            // the left side may be as deep as the formula is long, so it is visited by the loop
            other &= !here;
            if (node.sides.size() == 2) {
                Node right = node.sides.get(1);
                boolean inRight = other && !node.sides.get(0).several[place(way.left())];
                choose(right, way.right(), inRight, kinds);
                other &= !inRight;
            }
            node = node.sides.get(0);
            form = way.left();
        }
    }
}
