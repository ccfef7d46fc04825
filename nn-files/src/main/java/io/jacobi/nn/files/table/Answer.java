package io.jacobi.nn.files.table;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model answers for one row: a class, several labels, or numbers. The accessors of the other kinds throw an
 * {@link IllegalStateException} that names the right one.
 */
public sealed interface Answer {

    /** The most probable class. */
    default String label() {
        throw new IllegalStateException(this + " has no single label\n  fix: " + instead());
    }

    /** The probability of each class, or of each label; a class's in the order of the training labels. */
    default Map<String, Double> probabilities() {
        throw new IllegalStateException(this + " has no probabilities\n  fix: " + instead());
    }

    /** The labels whose probability is at least a half. */
    default List<String> labels() {
        throw new IllegalStateException(this + " has no set of labels\n  fix: " + instead());
    }

    /** The number, in the unit of the target's column, if there is one target. */
    default double number() {
        throw new IllegalStateException(this + " is not one number\n  fix: " + instead());
    }

    /** The numbers by the names of their columns, in the columns' units. */
    default Map<String, Double> numbers() {
        throw new IllegalStateException(this + " has no numbers\n  fix: " + instead());
    }

    /** The accessors to call in place of the wrong one. */
    String instead();

    /** One of several classes. */
    record OfClass(String label, Map<String, Double> probabilities) implements Answer {

        public OfClass {
            probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
        }

        /** The probability of {@link #label}. */
        public double probability() {
            return probabilities.getOrDefault(label, 0d);
        }

        @Override
        public String instead() {
            return "the model predicts a class: call label() or probabilities()";
        }
    }

    /** Any number of labels. */
    record OfLabels(Map<String, Double> probabilities) implements Answer {

        public OfLabels {
            probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
        }

        @Override
        public List<String> labels() {
            return probabilities.entrySet().stream()
                    .filter(label -> label.getValue() >= 0.5)
                    .map(Map.Entry::getKey)
                    .toList();
        }

        @Override
        public String instead() {
            return "the model predicts labels: call labels() or probabilities()";
        }
    }

    /** One number or several. */
    record OfNumbers(Map<String, Double> numbers) implements Answer {

        public OfNumbers {
            numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
        }

        @Override
        public double number() {
            if (numbers.size() == 1) {
                return numbers.values().iterator().next();
            }
            return Answer.super.number();
        }

        @Override
        public String instead() {
            return numbers.size() == 1
                    ? "the model predicts a number: call number()"
                    : "the model predicts several numbers: call numbers()";
        }
    }
}
