using Review.Model;
using Review.Model.Gup;
using Review.Model.Memory;
using Review.Witness.Interpretation;

namespace Review.Witness.Bindings;

/// <summary>
/// Injected memory errors (mm/memory-failure.c), and the page that madvise() takes for them (mm/gup.c). The model has no broken memory: what counts is whose the
/// reference to the page is, and which errors are handed on.
/// </summary>
internal static class BrokenMemory
{
    /// <summary>MF_COUNT_INCREASED: the caller has a reference to the page and hands it over.</summary>
    private const ulong CountIncreased = 1;

    /// <summary>get_user_pages_fast(): (start, 1, flags, &amp;page). Takes mmap_lock if it has to; leaves a reference to the page.</summary>
    public static IEnumerable<Outcome> GetPage(KernelCall call)
    {
        if (call.HoldsLock)
        {
            throw StopException.Violates(ViolationKind.LockState, $"{call.Caller}() calls {call.Function}(), which may take mmap_lock, with mmap_lock held");
        }

        if (call.Number(1) != 1)
        {
            throw StopException.Needs($"{call.Function}() of more than one page");
        }

        var found = GupWalk.FaultIn(call.Machine, call.Space, call.Number(0), (GupFlags)call.Number(2));
        if (found.MustWait)
        {
            throw StopException.Needs("a userfaultfd that answers for missing pages");
        }

        var taken = call.Fork();
        taken.Machine = found.Machine;
        if (found.Error == Errno.None)
        {
            var page = KernelReferences.Take(taken, KernelObjects.Page, (int)Pages.Number(call.Number(0)));
            yield return new Outcome(taken.State, Value.Of(1), new Store(call.Number(3), 8, page.Bits));
        }
        else
        {
            taken.Tell($"no page at {call.Place(call.Number(0))}");
            yield return new Outcome(taken.State with { Owed = new Owed(call.Function.Name, found.Error) }, Value.Of(-(int)found.Error));
        }
    }

    /// <summary>memory_failure(), soft_offline_page(): (page frame number, flags).</summary>
    public static IEnumerable<Outcome> Inject(KernelCall call)
    {
        var isHandedOver = (call.Number(1) & CountIncreased) != 0;
        yield return new Outcome(After(call).State, Value.Of(0));
        if (call.State.Deviations > 0)
        {
            yield break;
        }

        // A page that is filtered out is none that fails, in newer kernels.
        yield return new Outcome(After(call).State with { Deviations = 1 }, Value.Of(-(int)Errno.EOPNOTSUPP));
        var failed = After(call);
        failed.Tell("fails: the page is busy");
        yield return new Outcome(failed.Failed(Errno.EBUSY), Value.Of(-(int)Errno.EBUSY));

        KernelCall After(KernelCall before)
        {
            var after = before.Fork();
            if (isHandedOver)
            {
                KernelReferences.Put(after, KernelObjects.Page);
            }

            return after;
        }
    }

    public static Value PutPage(KernelCall call)
    {
        _ = call.Object(0, KernelObjects.Page);
        KernelReferences.Put(call, KernelObjects.Page);
        return default;
    }

    public static Value PageSize(KernelCall call) => Value.Of((long)Pages.Size);
}
