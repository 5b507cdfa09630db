package dev.windlass.wasm;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/// What two recursion groups must have in common to be the same: see [TypeRegistry]. Comparable, so
/// that a hash table full of colliding keys stays fast.
final class TypeKey implements Comparable<TypeKey> {
    private static final int FUNC = 0;
    private static final int STRUCT = 1;
    private static final int ARRAY = 2;

    private final int[] words;
    private final int hash;

    private TypeKey(int[] words) {
        this.words = words;
        this.hash = Arrays.hashCode(words);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TypeKey k && hash == k.hash && Arrays.equals(words, k.words);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public int compareTo(TypeKey other) {
        return Arrays.compare(words, other.words);
    }

    /// Writes the definitions of a group. Every list is preceded by its length, so different groups
    /// give different keys.
    static final class Writer {
        private final int start;
        private final DefType[] known;
        private final Set<DefType> uses = Collections.newSetFromMap(new IdentityHashMap<>());
        private int[] words = new int[16];
        private int size;

        /// @param start the group's first type index
        /// @param known the canonical types of all indices below it
        Writer(int start, DefType[] known) {
            this.start = start;
            this.known = known;
        }

        void add(SubType type) {
            word(type.isFinal() ? 1 : 0);
            word(type.supertypes().size());
            type.supertypes().forEach(s -> word(reference(s)));
            if (type.composite() instanceof FuncType f) {
                word(FUNC);
                types(f.params());
                types(f.results());
            } else {
                addData(type.composite());
            }
        }

        /// Apart from functions, because a switch over classes is slow at start-up.
        private void addData(CompositeType type) {
            switch (type) {
                case FuncType _ -> throw new AssertionError(type);
                case StructType s -> {
                    word(STRUCT);
                    word(s.fields().size());
                    s.fields().forEach(this::field);
                }
                case ArrayType a -> {
                    word(ARRAY);
                    field(a.element());
                }
            }
        }

        TypeKey key() {
            return new TypeKey(Arrays.copyOf(words, size));
        }

        /// The types of other groups that were named.
        DefType[] uses() {
            return uses.toArray(DefType[]::new);
        }

        private void types(int[] types) {
            word(types.length);
            for (int type : types) {
                type(type);
            }
        }

        private void field(FieldType field) {
            type(field.storage());
            word(field.mutable() ? 1 : 0);
        }

        private void type(int type) {
            int heap = ValType.heapType(type);
            boolean isConcrete = ValType.isRef(type) && !ValType.isAbstract(heap);
            word(isConcrete ? (type & ~ValType.HEAP_MASK) | reference(heap) : type);
        }

        /// A type index as it stands in the key.
        private int reference(int index) {
            if (index >= start) {
                return index - start;
            }
            uses.add(known[index]);
            return ValType.CLOSED | known[index].id();
        }

        private void word(int word) {
            if (size == words.length) {
                words = Arrays.copyOf(words, 2 * size);
            }
            words[size++] = word;
        }
    }
}
