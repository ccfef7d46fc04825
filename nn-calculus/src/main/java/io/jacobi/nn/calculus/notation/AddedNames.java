package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.notation.FormTree.Applied;
import io.jacobi.nn.calculus.notation.FormTree.Combined;
import io.jacobi.nn.calculus.notation.FormTree.Known;
import io.jacobi.nn.calculus.notation.FormTree.Open;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds open names that are rather numbers although the formula would make sense with vectors: the b of w'*x + b, and
 * the c of norm2(y)^2 + c*norm2(x)^2. Such a name occurs once and is added, possibly times numbers, to a number that is
 * computed from vectors or matrices. As a vector it would make the number a vector with equal elements.
 */
final class AddedNames {

    private final Map<String, Integer> places = new HashMap<>();
    private final Set<String> numbers;
    private final Set<String> added = new HashSet<>();

    /** The forms of the parts that were visited, each once. */
    private final IdentityHashMap<FormTree, Optional<Form>> forms = new IdentityHashMap<>();

    private AddedNames(Set<String> numbers) {
        this.numbers = numbers;
    }

    /** The names, if {@code numbers} are those that must be numbers. */
    static Set<String> of(FormTree tree, Set<String> numbers) {
        AddedNames names = new AddedNames(numbers);
        names.count(tree);
        names.visit(tree);
        Set<String> more = new HashSet<>(numbers);
        more.addAll(names.added);
        return new AddedNames(more).visit(tree).isPresent() ? names.added : Set.of();
    }

    private void count(FormTree part) {
        if (part instanceof Open open) {
            places.merge(open.name(), 1, Integer::sum);
        }
        parts(part).forEach(this::count);
    }

    private static List<FormTree> parts(FormTree part) {
        return part instanceof Combined combined
                ? combined.parts()
                : part instanceof Applied applied ? List.of(applied.argument()) : List.of();
    }

    /** The form of a part; empty if it makes no sense. */
    private Optional<Form> visit(FormTree part) {
        Optional<Form> form = form(part);
        forms.put(part, form);
        return form;
    }

    private Optional<Form> form(FormTree part) {
        if (part instanceof Known known) {
            return Optional.of(known.form());
        }
        if (part instanceof Open open) {
            return Optional.of(numbers.contains(open.name()) ? Form.NUMBER : Form.COLUMN);
        }
        if (part instanceof Applied applied) {
            return visit(applied.argument()).flatMap(form -> FormCosts.value(applied.function(), form));
        }
        Combined combined = (Combined) part;
        Optional<Form> result = visit(combined.parts().get(0));
        boolean onlyNumbers = result.equals(Optional.of(Form.NUMBER));
        Set<String> vectors = new HashSet<>(nameIn(combined.parts().get(0), result));
        boolean sum = FormTree.isSum(combined);
        boolean apart = onlyNumbers || !vectors.isEmpty();
        boolean computed = onlyNumbers && isComputed(combined.parts().get(0));
        for (int at = 0; at < combined.operators().size(); at++) {
            FormTree next = combined.parts().get(at + 1);
            String operator = combined.operators().get(at);
            Optional<Form> form = visit(next);
            Set<String> name = nameIn(next, form);
            boolean number = form.equals(Optional.of(Form.NUMBER));
            vectors.addAll(name);
            apart &= number || !name.isEmpty();
            computed |= number && isComputed(next);
            result = result.flatMap(left -> form.flatMap(right -> left.combined(operator, right)));
        }
        if (sum && apart && computed) {
            added.addAll(vectors);
        }
        return result;
    }

    /** The name of a term that is a name, or a name times numbers, and that is a vector; empty for any other term. */
    private Set<String> nameIn(FormTree term, Optional<Form> form) {
        if (!form.equals(Optional.of(Form.COLUMN))) {
            return Set.of();
        }
        if (term instanceof Open open) {
            return places.getOrDefault(open.name(), 0) == 1 ? Set.of(open.name()) : Set.of();
        }
        if (!(term instanceof Combined combined) || FormTree.isSum(combined)) {
            return Set.of();
        }
        List<FormTree> vectors = combined.parts().stream()
                .filter(factor -> !Optional.of(Form.NUMBER).equals(forms.get(factor)))
                .toList();
        return vectors.size() == 1 && vectors.get(0) instanceof Open ? nameIn(vectors.get(0), form) : Set.of();
    }

    /** Whether a number is computed from vectors or matrices, with a function or a transpose. */
    private static boolean isComputed(FormTree number) {
        return number instanceof Applied || parts(number).stream().anyMatch(AddedNames::isComputed);
    }
}
