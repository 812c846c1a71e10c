using Review.Model.Advice;
using Review.Model.Memory;

namespace Review.Model.Calls;

/// <summary>madvise(2). Addresses and lengths in bytes.</summary>
public sealed record MadviseCall(Current Current, ulong Start, ulong Length, int Advice) : Call(Current)
{
    /// <summary>The work, once the arguments were found good.</summary>
    public MadviseRange? Range { get; init; }

    /// <inheritdoc/>
    public override string NextAction => $"madvise({AdviceTable.NameOf(Advice)}): {Range?.Zap?.NextAction ?? Range?.Phase.ToString() ?? "arguments"}";

    /// <inheritdoc/>
    public override Step Step(Machine machine)
    {
        if (Range is null)
        {
            return ShouldSkip(machine, Start, Length, Advice, out var result)
                ? Calls.Step.End(machine, result)
                : (this with { Range = new MadviseRange(OwnSpace(machine), Current.Thread, AdviceTable.Find(machine, Advice)!, Start, Start + Pages.RoundUp(Length)) }).Step(machine);
        }

        if (!Range.TryStep(ref machine, out var next))
        {
            return Calls.Step.Wait(machine, this);
        }

        return next.Phase == MadvisePhase.Done
            ? Calls.Step.End(next.HasMmapLock ? machine.Unlock(next.Space, Current.Thread) : machine, next.Error)
            : Calls.Step.GoOn(machine, this with { Range = next });
    }

    /// <summary>madvise_should_skip(): whether the arguments alone give the result: EINVAL, or success for a length of 0.</summary>
    public static bool ShouldSkip(Machine machine, ulong start, ulong length, int advice, out Errno result)
    {
        var rounded = Pages.RoundUp(length);
        var isValid = AdviceTable.Find(machine, advice) is not null && Pages.IsAligned(start) && (length == 0 || rounded != 0) && unchecked(start + rounded) >= start;
        result = isValid ? Errno.None : Errno.EINVAL;
        return !isValid || rounded == 0;
    }
}
