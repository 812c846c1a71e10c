using Review.Model.Collections;
using Review.Model.Memory;

namespace Review.Model;

/// <summary>
/// Gives the identities of a machine (page frames, anon_vmas) canonical numbers, so that states that differ only in the order in which
/// things came into being are equal.
/// </summary>
public static class Canonical
{
    /// <summary>Renumbers frames and anon_vmas in the order in which address spaces, page tables and page caches name them.</summary>
    public static Machine WithCanonicalNumbers(this Machine machine)
    {
        var frames = new Dictionary<int, int>();
        var anonVmas = new Dictionary<int, int>();
        var isCanonical = true;
        foreach (var space in machine.Spaces)
        {
            foreach (var vma in space.Vmas.AsSpan())
            {
                isCanonical &= vma.AnonVma == 0 || Number(anonVmas, vma.AnonVma) == vma.AnonVma;
            }

            for (var from = 0UL; space.Table.TryNext(from, ulong.MaxValue, out var at, out var pte); from = at + 1)
            {
                isCanonical &= pte.Frame == 0 || Number(frames, pte.Frame) == pte.Frame;
            }

            for (var from = 0UL; space.Beside.Secondary.TryNext(from, ulong.MaxValue, out var page, out var mapped); from = page + 1)
            {
                isCanonical &= Number(frames, mapped) == mapped;
            }

            foreach (var stale in space.Beside.Stale.AsSpan())
            {
                isCanonical &= Number(frames, stale.Frame) == stale.Frame;
            }
        }

        foreach (var file in machine.Files)
        {
            for (var from = 0UL; file.Cache.TryNext(from, ulong.MaxValue, out var at, out var frame); from = at + 1)
            {
                isCanonical &= Number(frames, frame) == frame;
            }
        }

        // Frames that only references keep come last, in their old order.
        for (var from = 0UL; machine.Frames.TryNext(from, ulong.MaxValue, out var at, out _); from = at + 1)
        {
            isCanonical &= Number(frames, (int)at) == (int)at;
        }

        if (isCanonical && machine.NextAnonVma == anonVmas.Count + 1)
        {
            return machine;
        }

        return machine with
        {
            NextAnonVma = anonVmas.Count + 1,
            Frames = Renumbered(machine.Frames, frames),
            Spaces = [.. machine.Spaces.Select(space => Renumbered(space, frames, anonVmas))],
            Files = [.. machine.Files.Select(file => file with { Cache = Mapped(file.Cache, frame => frames[frame]) })],
        };
    }

    private static int Number(Dictionary<int, int> numbers, int old)
    {
        if (!numbers.TryGetValue(old, out var number))
        {
            number = numbers.Count + 1;
            numbers.Add(old, number);
        }

        return number;
    }

    private static AddressSpace Renumbered(AddressSpace space, Dictionary<int, int> frames, Dictionary<int, int> anonVmas) => space with
    {
        Vmas = [.. space.Vmas.Select(vma => vma.AnonVma == 0 ? vma : vma with { AnonVma = anonVmas[vma.AnonVma] })],
        Table = Mapped(space.Table, pte => pte.Frame == 0 ? pte : pte with { Frame = frames[pte.Frame] }),
        Beside = space.Beside with
        {
            Secondary = Mapped(space.Beside.Secondary, frame => frames[frame]),
            Stale = [.. space.Beside.Stale.Select(stale => stale with { Frame = frames[stale.Frame] })],
        },
    };

    private static SparseMap<Frame> Renumbered(SparseMap<Frame> old, Dictionary<int, int> numbers)
    {
        var result = SparseMap<Frame>.Empty;
        for (var from = 0UL; old.TryNext(from, ulong.MaxValue, out var at, out var frame); from = at + 1)
        {
            result = result.With((ulong)numbers[(int)at], frame);
        }

        return result;
    }

    private static SparseMap<T> Mapped<T>(SparseMap<T> old, Func<T, T> change)
        where T : struct, IEquatable<T>
    {
        var result = old;
        for (var from = 0UL; old.TryNext(from, ulong.MaxValue, out var at, out var value); from = at + 1)
        {
            result = result.With(at, change(value));
        }

        return result;
    }
}
