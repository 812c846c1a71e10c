using Review.Core.Syntax;
using Review.Tables.Decisions;

namespace Review.Rules.Locking;

/// <summary>Two switches of a file by the name of a mode: the one takes mmap_lock as each name says, the other gives it back, for one name in the other mode.</summary>
internal static class LockModeName
{
    /// <summary>The releases in the other mode, with the call that takes the lock for the same name.</summary>
    public static IEnumerable<(CallExpression Release, CallExpression Take, FunctionDefinition Owner, string Name)> MismatchesIn(TranslationUnit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var calls = (
            from function in unit.Functions
            from @switch in function.Body.DescendantsAndSelf<SwitchStatement>()
            from arm in SwitchArm.Of(@switch)
            from label in arm.Cases
            from call in arm.Statements.SelectMany(static statement => statement.DescendantsAndSelf<CallExpression>())
            let effects = MmapLockModeFacts.EffectsOf(call)
            where effects.Any(IsMode)
            select (Owner: function, label.Name, Call: call, Effects: effects)).ToList();
        foreach (var release in calls)
        {
            var wanted = release.Effects.Contains(MmapLockModeFacts.UnlocksForWriting) ? MmapLockModeFacts.LocksForReading : release.Effects.Contains(MmapLockModeFacts.UnlocksForReading) ? MmapLockModeFacts.LocksForWriting : null;
            var takes = calls.Where(take => take.Name == release.Name && take.Owner != release.Owner && take.Effects.Any(static effect => effect is MmapLockModeFacts.LocksForReading or MmapLockModeFacts.LocksForWriting)).ToList();
            if (wanted is not null && takes is [var (_, _, take, effects), ..] && takes.TrueForAll(other => other.Effects.Contains(wanted)))
            {
                yield return (release.Call, take, release.Owner, release.Name);
            }
        }
    }

    private static bool IsMode(string effect) => effect is MmapLockModeFacts.LocksForReading or MmapLockModeFacts.LocksForWriting or MmapLockModeFacts.UnlocksForReading or MmapLockModeFacts.UnlocksForWriting;
}
