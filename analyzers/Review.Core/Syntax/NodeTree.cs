using System.Buffers;
using System.Collections.Concurrent;

namespace Review.Core.Syntax;

/// <summary>The nodes of a finished tree in a row, parents before children, and those of each kind that somebody has asked for.</summary>
/// <param name="nodes">The nodes.</param>
/// <param name="revision">A number that only copies of the tree elsewhere in the file share.</param>
internal sealed class NodeTree(Node[] nodes, long revision)
{
    private static long last;

    private readonly ConcurrentDictionary<Type, Kind> kinds = [];

    public Node[] Nodes => nodes;

    public long Revision => revision;

    /// <summary>A number that no tree has yet.</summary>
    public static long NextRevision() => Interlocked.Increment(ref last);

    /// <summary>The nodes of one kind in a part of the row.</summary>
    public ArraySegment<T> Of<T>(int start, int count)
        where T : Node
    {
        var kind = (Kind<T>)kinds.GetOrAdd(typeof(T), static (_, nodes) => new Kind<T>(nodes), nodes);
        var (first, end) = (FirstFrom(kind.Indices, start), FirstFrom(kind.Indices, start + count));
        return new ArraySegment<T>(kind.Members, first, end - first);
    }

    private static int FirstFrom(int[] indices, int start) => Array.BinarySearch(indices, start) is var found && found >= 0 ? found : ~found;

    private abstract class Kind;

    private sealed class Kind<T> : Kind
        where T : Node
    {
        public Kind(Node[] nodes)
        {
            // Whether a node is of a class that has none below it is seen faster than whether it is of a class that has.
            var (found, count, isLeaf) = (ArrayPool<int>.Shared.Rent(nodes.Length), 0, typeof(T).IsSealed);
            for (var i = 0; i < nodes.Length; i++)
            {
                if (isLeaf ? nodes[i].GetType() == typeof(T) : nodes[i] is T)
                {
                    found[count++] = i;
                }
            }

            Indices = found[..count];
            ArrayPool<int>.Shared.Return(found);
            Members = new T[count];
            for (var i = 0; i < count; i++)
            {
                Members[i] = (T)nodes[Indices[i]];
            }
        }

        public T[] Members { get; }

        public int[] Indices { get; }
    }
}
