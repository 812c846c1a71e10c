using Review.Model.Calls;
using Review.Model.Collections;
using Review.Model.Memory;

namespace Review.Model.Exploration;

/// <summary>A page that a call under way has promised to discard, as it was mapped when the call began.</summary>
public readonly record struct PromisedPage(int Thread, int Space, ulong Number, int Frame);

/// <summary>
/// madvise(2) with MADV_DONTNEED that reports success has discarded every page that was in its range all the time. A page that was taken away meanwhile, by whom ever,
/// has been dealt with; what was mapped there later is nobody's promise.
/// </summary>
public sealed record ZapIsComplete() : Property("zap-is-complete")
{
    private Seq<PromisedPage> Promised { get; init; } = [];

    /// <inheritdoc/>
    public override string Claim => "MADV_DONTNEED that reports success leaves no page of its range that stayed mapped all the time";

    /// <inheritdoc/>
    public override Property After(in Transition step, out Breach? breach)
    {
        breach = null;
        if (!step.IsFirst && (Promised.Count == 0 || (step.Result is null && ReferenceEquals(step.Before.Spaces, step.After.Spaces))))
        {
            return this;
        }

        if (Promised.Count == 0 && step.Call is not MadviseCall)
        {
            return this;
        }

        var thread = step.Call.Current.Thread;
        var promised = new List<PromisedPage>(Promised);
        if (step.IsFirst && step.Call is MadviseCall { Advice: Madv.DontNeed or Madv.DontNeedLocked } call)
        {
            Promise(step, call, promised);
        }

        var after = step.After;
        promised.RemoveAll(page => Mapped(after, page.Space, page.Number) != page.Frame);
        if (step.Result is { } result)
        {
            var left = promised.Where(page => page.Thread == thread).Select(static page => page.Number).ToList();
            breach = result.IsSuccess && left.Count > 0 ? Describe(left) : null;
            promised.RemoveAll(page => page.Thread == thread);
        }

        return promised.Count == Promised.Count ? this : this with { Promised = Seq.Create<PromisedPage>([.. promised]) };
    }

    private static void Promise(in Transition step, MadviseCall call, List<PromisedPage> promised)
    {
        var space = step.Before.Process(call.Current.Process).Space;
        var end = unchecked(call.Start + Pages.RoundUp(call.Length));
        foreach (var (number, entry) in step.Before.Space(space).Table.In(Pages.Number(call.Start), end > call.Start ? Pages.Number(end) : 0))
        {
            if (entry.Kind == PteKind.Page)
            {
                promised.Add(new PromisedPage(call.Current.Thread, space, number, entry.Frame));
            }
        }
    }

    private static int Mapped(Machine machine, int space, ulong number) => machine.Space(space).Table[number] is { Kind: PteKind.Page } entry ? entry.Frame : 0;

    private static Breach Describe(List<ulong> pages) => new(
        pages.Count == 1 ? "a page of the range was mapped all the time and was not discarded, and the call reports success"
            : "pages of the range were mapped all the time and were not discarded, and the call reports success",
        [.. pages.Select(static page => page << Pages.Shift)]);
}
