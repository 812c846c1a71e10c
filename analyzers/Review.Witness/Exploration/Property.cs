using Review.Model;
using Review.Model.Memory;
using Review.Witness.Bindings;
using Review.Witness.Interpretation;

namespace Review.Witness.Exploration;

/// <summary>What has to hold when the interpreted call returns.</summary>
internal static class Property
{
    private static readonly HashSet<int> OnEveryPage = [Madv.DontNeed, Madv.DontNeedLocked, Madv.Free, Madv.Cold, Madv.PageOut, Madv.PopulateRead, Madv.PopulateWrite];

    /// <summary>True if a run of this advice without a violation says that there is none: pages that are left out are seen only where every page is worked on.</summary>
    public static bool Judges(Mission mission) => !mission.Sought.Contains(ViolationKind.PageSkipped) || OnEveryPage.Contains(mission.Advice);

    /// <summary>The first property that a finished call breaks; null if it breaks none that is sought.</summary>
    public static (ViolationKind Kind, string Message)? Broken(Mission mission, KernelState state, string entry, long result) =>
        All(mission, state, entry, result).Cast<(ViolationKind Kind, string Message)?>().FirstOrDefault(broken => mission.Sought.Contains(broken!.Value.Kind));

    private static IEnumerable<(ViolationKind Kind, string Message)> All(Mission mission, KernelState state, string entry, long result)
    {
        var mm = state.Machine.Space(mission.Space);
        if (mm.Lock.Writer == mission.Thread || mm.Lock.IsReader(mission.Thread))
        {
            yield return (ViolationKind.LockState, $"{entry}() returns with mmap_lock held");
        }

        if (mm.VmaLocks.Any(held => held.Thread == mission.Thread))
        {
            yield return (ViolationKind.LockState, $"{entry}() returns with a VMA's lock held");
        }

        if (state.Gathers.ContainsValue(BatchState.Open))
        {
            yield return (ViolationKind.TlbGather, $"{entry}() returns with a TLB gather open");
        }

        if (state.Notifiers.ContainsValue(BatchState.Open))
        {
            yield return (ViolationKind.Notifier, $"{entry}() returns with a notifier range started");
        }

        foreach (var (record, _) in state.ObjectReferences)
        {
            yield return (ViolationKind.Reference, $"{entry}() returns and keeps a reference to a {record}");
        }

        if (mission.Remote is { } remote && result > 0 && !state.Machine.Process(remote.Current.Process).IsPrivileged && state.Machine.Process(remote.Current.Process).Space != mission.Space)
        {
            yield return (ViolationKind.RemoteAccess, $"{entry}() lets a process without CAP_SYS_NICE advise another one");
        }

        if (!state.FileReferences.IsEmpty)
        {
            yield return (ViolationKind.Reference, $"{entry}() returns and keeps a reference to a file");
        }

        if (OnEveryPage.Contains(mission.Advice) && (result == 0 || IsOfHole(mission, state, result)))
        {
            for (var page = Pages.Number(mission.Start); page < Pages.Number(mission.End); page++)
            {
                if (state.MappedThroughout.Contains(page) && !state.Done.Contains(page))
                {
                    var place = Places.Of(page << Pages.Shift, mission.Start);
                    var said = result == 0 ? "returns 0" : "returns -ENOMEM for a hole";
                    yield return (ViolationKind.PageSkipped, $"{entry}() {said}, and page {place}, which was mapped all the time, {(IsPopulating(mission) ? "was not brought in" : "keeps its data")}");
                    break;
                }
            }
        }
    }

    /// <summary>
    /// True if -ENOMEM can only tell of a hole: the walk goes on behind one, and ends for other reasons only after mmap_lock was dropped, or after a failure. Populating stops at holes.
    /// </summary>
    private static bool IsOfHole(Mission mission, KernelState state, long result) =>
        result == -(long)Errno.ENOMEM && mission.Remote is null && state is { Relock: Relock.None, Deviations: 0 } && !IsPopulating(mission);

    private static bool IsPopulating(Mission mission) => mission.Advice is Madv.PopulateRead or Madv.PopulateWrite;
}
