using System.Diagnostics.CodeAnalysis;

namespace Review.Flow.Paths;

/// <summary>
/// What waits at the blocks of a function. Blocks come in their order, what waits at one in the order in which it arrived. A loop's next round begins when this one has been followed
/// to the end of the function: by then all that comes back to its head is there.
/// </summary>
/// <param name="blocks">How many blocks there are.</param>
public sealed class Sweeps<T>(int blocks)
{
    private Queue<T>?[] current = new Queue<T>?[blocks];
    private Queue<T>?[] next = new Queue<T>?[blocks];
    private int nextCount;

    /// <summary>The block at which the present sweep is; before the first one it is past the end.</summary>
    private int at = blocks;

    /// <summary>Lets something wait at a block: for this sweep if it has not come there yet, else for the next one.</summary>
    public void Add(int block, T item)
    {
        if (block <= at)
        {
            nextCount++;
        }

        var sweep = block > at ? current : next;
        (sweep[block] ??= new Queue<T>()).Enqueue(item);
    }

    /// <summary>Takes what comes first; false if nothing waits any more.</summary>
    public bool TryTake(out int block, [MaybeNullWhen(false)] out T item)
    {
        while (true)
        {
            for (; at < current.Length; at++)
            {
                if (current[at] is { } waiting && waiting.TryDequeue(out item))
                {
                    block = at;
                    return true;
                }
            }

            if (nextCount == 0)
            {
                (block, item) = (at, default);
                return false;
            }

            (current, next, nextCount, at) = (next, current, 0, 0);
        }
    }
}
