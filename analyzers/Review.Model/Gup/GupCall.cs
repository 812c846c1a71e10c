using Review.Model.Calls;
using Review.Model.Memory;

namespace Review.Model.Gup;

/// <summary>
/// get_user_pages() and its relatives on <paramref name="Count"/> pages: page tables alone first if <paramref name="IsFast"/>, then with
/// mmap_lock. The result is the number of pages; they stay referenced or pinned until they are given back.
/// </summary>
/// <param name="Current">The caller.</param>
/// <param name="Space">Whose memory.</param>
/// <param name="Address">The first page.</param>
/// <param name="Count">How many pages.</param>
/// <param name="Flags">FOLL_ flags.</param>
/// <param name="IsFast">get_user_pages_fast() or pin_user_pages_fast().</param>
public sealed record GupCall(Current Current, int Space, ulong Address, ulong Count, GupFlags Flags, bool IsFast) : Call(Current)
{
    /// <summary>The frames found so far; 0 stands for the zero page.</summary>
    public Collections.Seq<int> Frames { get; init; } = [];

    /// <summary>Whether the page tables alone did not suffice.</summary>
    public bool IsSlow { get; init; }

    /// <summary>Whether mmap_lock is held.</summary>
    public bool HasLock { get; init; }

    /// <summary>The userfaultfd message that is waited for.</summary>
    public (int Userfaultfd, int Ticket) Waiting { get; init; }

    /// <inheritdoc/>
    public override string NextAction => !IsFast || IsSlow ? HasLock ? "get_user_pages: next page" : "get_user_pages: mmap_read_lock()" : "gup_fast: next page";

    private ulong Next => Address + ((ulong)Frames.Count << Pages.Shift);

    /// <inheritdoc/>
    public override Step Step(Machine machine)
    {
        if (Frames.Count == 0 && !HasLock && !IsSlow && !HasGoodFlags)
        {
            return Calls.Step.End(machine, Errno.EINVAL);
        }

        if ((ulong)Frames.Count == Count)
        {
            return End(machine, Errno.None);
        }

        if (IsFast && !IsSlow)
        {
            if (GupWalk.TryFast(machine, Space, Next, Flags, out var fast))
            {
                return GoOn(fast.Machine, fast.Frame);
            }

            return Flags.HasFlag(GupFlags.FastOnly) ? End(machine, Errno.None) : Calls.Step.GoOn(machine, this with { IsSlow = true });
        }

        return HasLock ? Slow(machine) : TakeLock(machine);
    }

    // is_valid_gup_args()
    private bool HasGoodFlags =>
        !Flags.HasFlag(GupFlags.Get | GupFlags.Pin) && (!Flags.HasFlag(GupFlags.LongTerm) || Flags.HasFlag(GupFlags.Pin));

    private Step TakeLock(Machine machine)
    {
        var isWoken = Waiting.Ticket == 0 || !machine.Uffd(Waiting.Userfaultfd).IsPending(Waiting.Ticket);
        return isWoken && Locks.TryReadLock(ref machine, Space, Current.Thread)
            ? Calls.Step.GoOn(machine, this with { HasLock = true, Waiting = default })
            : Calls.Step.Wait(machine, this);
    }

    private Step Slow(Machine machine)
    {
        var outcome = GupWalk.Find(machine, Space, Next, Flags);
        if (outcome.MustWait)
        {
            return Calls.Step.GoOn(outcome.Machine.Unlock(Space, Current.Thread), this with { HasLock = false, Waiting = (outcome.Userfaultfd, outcome.Ticket) });
        }

        return outcome.Error != Errno.None || outcome.IsDeferred ? End(outcome.Machine, outcome.Error) : GoOn(outcome.Machine, outcome.Frame);
    }

    private Step GoOn(Machine machine, int frame)
    {
        var more = this with { Frames = Frames.Add(frame) };
        return (ulong)more.Frames.Count == Count ? more.End(machine, Errno.None) : Calls.Step.GoOn(machine, more);
    }

    private Step End(Machine machine, Errno error) =>
        Calls.Step.End(HasLock ? machine.Unlock(Space, Current.Thread) : machine, Frames.Count > 0 ? new CallResult((ulong)Frames.Count) : error);
}
