package dev.windlass.wasm;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes types canonical: recursion groups that are the same up to the numbering of type indices
/// get the same [DefType]s, process-wide. Groups that no module uses any more are forgotten; ids
/// are never given out again. Thread-safe.
///
/// A group is looked up by its *key*: its definitions as a list of ints in which a reference into
/// the group is relative to the group's start and any other is a canonical id.
public final class TypeRegistry {
    private static final int CHUNK_BITS = 10;
    private static final int CHUNK = 1 << CHUNK_BITS;

    private static final Object LOCK = new Object();
    private static final Map<TypeKey, GroupRef> GROUPS = new HashMap<>();
    private static final ReferenceQueue<Group> FORGOTTEN = new ReferenceQueue<>();

    /// Ids to groups, in chunks so that forgotten stretches cost nothing. Written under the lock;
    /// a reader that sees nothing looks again under the lock.
    private static volatile @Nullable Chunk[] chunks = new Chunk[16];

    private static int nextId = 1;

    private TypeRegistry() {}

    /// The canonical types of a type section.
    ///
    /// @param types the section, supertypes and references as open type indices that are below the
    ///     end of their own group, supertypes below their own index
    /// @param recursionGroups for each type index the first index of its group
    public static DefType[] canonical(List<SubType> types, int[] recursionGroups) {
        DefType[] result = new DefType[types.size()];
        int start = 0;
        while (start < result.length) {
            int end = start + 1;
            while (end < result.length && recursionGroups[end] == start) {
                end++;
            }
            Group group = group(types.subList(start, end), start, result);
            System.arraycopy(group.members, 0, result, start, end - start);
            start = end;
        }
        return result;
    }

    private static Group group(List<SubType> types, int start, DefType[] known) {
        TypeKey.Writer writer = new TypeKey.Writer(start, known);
        types.forEach(writer::add);
        TypeKey key = writer.key();
        synchronized (LOCK) {
            forget();
            GroupRef ref = GROUPS.get(key);
            Group group = ref == null ? null : ref.get();
            return group != null ? group : register(key, types, start, known, writer.uses());
        }
    }

    private static Group register(
            TypeKey key, List<SubType> types, int start, DefType[] known, DefType[] uses) {
        int count = types.size();
        if (count > ValType.INDEX_MASK - nextId) {
            throw new InvalidException("too many types in this process", 0);
        }
        int first = nextId;
        nextId += count;
        Group group = new Group(new DefType[count], uses);
        Closing closing = new Closing(start, first, known);
        for (int i = 0; i < count; i++) {
            SubType type = types.get(i);
            DefType supertype = null;
            for (int s : type.supertypes()) {
                supertype = s < start ? known[s] : group.members[s - start];
            }
            group.members[i] =
                    new DefType(
                            first + i,
                            closing.close(type.composite()),
                            type.isFinal(),
                            supertype,
                            group);
        }
        GroupRef ref = new GroupRef(group, key, first, count);
        GROUPS.put(key, ref);
        for (int id = first; id < first + count; id++) {
            chunkFor(id).refs[id & (CHUNK - 1)] = ref;
        }
        return group;
    }

    private static Chunk chunkFor(int id) {
        int at = id >> CHUNK_BITS;
        @Nullable Chunk[] table = chunks;
        if (at >= table.length) {
            table = Arrays.copyOf(table, Math.max(at + 1, 2 * table.length));
        }
        Chunk chunk = table[at];
        if (chunk == null) {
            chunk = new Chunk();
            table[at] = chunk;
        }
        chunks = table;
        return chunk;
    }

    /// Removes the groups that the collector has taken.
    private static void forget() {
        while (FORGOTTEN.poll() instanceof GroupRef ref) {
            GROUPS.remove(ref.key, ref);
            for (int id = ref.first; id < ref.first + ref.count; id++) {
                chunkFor(id).refs[id & (CHUNK - 1)] = null;
            }
            dropEmptyChunks(ref.first >> CHUNK_BITS, (ref.first + ref.count - 1) >> CHUNK_BITS);
        }
    }

    private static void dropEmptyChunks(int from, int to) {
        @Nullable Chunk[] table = chunks;
        int current = nextId >> CHUNK_BITS;
        for (int at = from; at <= to; at++) {
            Chunk chunk = table[at];
            if (chunk != null && chunk.isEmpty() && at != current) {
                table[at] = null;
            }
        }
    }

    /// The type of an id, or null if nothing uses it any more.
    public static @Nullable DefType byId(int id) {
        GroupRef ref = find(id);
        if (ref == null) {
            synchronized (LOCK) {
                ref = find(id);
            }
        }
        Group group = ref == null ? null : ref.get();
        return group == null || ref == null ? null : group.members[id - ref.first];
    }

    private static @Nullable GroupRef find(int id) {
        @Nullable Chunk[] table = chunks;
        int at = id >> CHUNK_BITS;
        Chunk chunk = at >= 0 && at < table.length ? table[at] : null;
        return chunk == null ? null : chunk.refs[id & (CHUNK - 1)];
    }

    /// Whether a closed value type matches another: the specification's subtyping.
    public static boolean matches(int sub, int sup) {
        if (sub == sup) {
            return true;
        }
        return ValType.isRef(sub)
                && ValType.isRef(sup)
                && (!ValType.isNullable(sub) || ValType.isNullable(sup))
                && heapMatches(ValType.heapType(sub), ValType.heapType(sup));
    }

    /// Whether a closed heap type matches another.
    public static boolean heapMatches(int sub, int sup) {
        if (sub == sup) {
            return true;
        }
        if (ValType.isAbstract(sub) && ValType.isAbstract(sup)) {
            return Subtyping.abstractMatches(sub, sup);
        }
        DefType subType = ValType.isAbstract(sub) ? null : byId(ValType.index(sub));
        DefType supType = ValType.isAbstract(sup) ? null : byId(ValType.index(sup));
        if (subType != null) {
            return supType != null
                    ? subType.isSubtypeOf(supType)
                    : Subtyping.abstractMatches(subType.kind(), sup);
        }
        return supType != null && sub == Subtyping.bottomOf(supType.kind());
    }

    /// A recursion group: what its members keep alive.
    ///
    /// @param members its types
    /// @param uses the types of other groups that it names
    private record Group(DefType[] members, DefType[] uses) {}

    /// The groups of a stretch of ids.
    private static final class Chunk {
        final @Nullable GroupRef[] refs = new GroupRef[CHUNK];

        boolean isEmpty() {
            return Arrays.stream(refs).allMatch(Objects::isNull);
        }
    }

    /// How the registry holds a group, so that an unused one can go.
    private static final class GroupRef extends WeakReference<Group> {
        final TypeKey key;
        final int first;
        final int count;

        GroupRef(Group group, TypeKey key, int first, int count) {
            super(group, FORGOTTEN);
            this.key = key;
            this.first = first;
            this.count = count;
        }
    }

    /// Turns open references into closed ones, for a group that begins at `start` and whose ids
    /// begin at `first`.
    private record Closing(int start, int first, DefType[] known) {
        CompositeType close(CompositeType type) {
            return type instanceof FuncType f ? (isClosed(f) ? f : closed(f)) : closeData(type);
        }

        /// Apart from functions, because a switch over classes is slow at start-up.
        private CompositeType closeData(CompositeType type) {
            return switch (type) {
                case FuncType _ -> throw new AssertionError(type);
                case ArrayType a -> new ArrayType(close(a.element()));
                case StructType s -> new StructType(s.fields().stream().map(this::close).toList());
            };
        }

        private static boolean isClosed(FuncType type) {
            return isClosed(type.params()) && isClosed(type.results());
        }

        private static boolean isClosed(int[] types) {
            for (int type : types) {
                if (ValType.isRef(type) && !ValType.isAbstract(type)) {
                    return false;
                }
            }
            return true;
        }

        private FuncType closed(FuncType type) {
            return new FuncType(close(type.params()), close(type.results()));
        }

        private FieldType close(FieldType field) {
            int closed = close(field.storage());
            return closed == field.storage() ? field : new FieldType(closed, field.mutable());
        }

        private int[] close(int[] types) {
            int[] closed = new int[types.length];
            for (int i = 0; i < types.length; i++) {
                closed[i] = close(types[i]);
            }
            return closed;
        }

        private int close(int type) {
            int heap = ValType.heapType(type);
            if (!ValType.isRef(type) || ValType.isAbstract(heap)) {
                return type;
            }
            int id = heap < start ? known[heap].id() : first + (heap - start);
            return (type & ~ValType.HEAP_MASK) | ValType.CLOSED | id;
        }
    }
}
