using Review.Core.Syntax;
using Review.Flow.Facts;
using Review.Tables.Decisions;

namespace Review.Rules.Locking;

/// <summary>Two switches of a file by the name of a mode: the one takes mmap_lock as each name says, the other gives it back, for one name in the other mode.</summary>
internal static class LockModeName
{
    /// <summary>The releases in the other mode, with the call that takes the lock for the same name.</summary>
    /// <param name="unit">The file.</param>
    /// <param name="facts">What helpers of the file do to the lock.</param>
    public static IEnumerable<(CallExpression Release, CallExpression Take, FunctionDefinition Owner, string Name)> MismatchesIn(TranslationUnit unit, FunctionFacts facts)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var calls = (
            from function in unit.Functions
            from @switch in function.Body.DescendantsAndSelf<SwitchStatement>()
            from arm in SwitchArm.Of(@switch)
            from label in arm.Cases
            from call in arm.Statements.SelectMany(static statement => statement.DescendantsAndSelf<CallExpression>())
            let effects = EffectsOf(call, facts).Where(MmapLockModeFacts.IsMode).ToList()
            where effects.Count == 1
            select (Owner: function, label.Name, Call: call, Effect: effects[0])).ToList();
        foreach (var release in calls)
        {
            var wanted = release.Effect switch { MmapLockModeFacts.UnlocksForWriting => MmapLockModeFacts.LocksForReading, MmapLockModeFacts.UnlocksForReading => MmapLockModeFacts.LocksForWriting, _ => null };
            var takes = calls.Where(take => take.Name == release.Name && take.Owner != release.Owner && take.Effect is MmapLockModeFacts.LocksForReading or MmapLockModeFacts.LocksForWriting).ToList();
            if (wanted is not null && takes is [var (_, _, take, _), ..] && takes.TrueForAll(other => other.Effect == wanted))
            {
                yield return (release.Call, take, release.Owner, release.Name);
            }
        }
    }

    /// <summary>What a call does to the lock, itself or further down in the file.</summary>
    private static IEnumerable<string> EffectsOf(CallExpression call, FunctionFacts facts) =>
        MmapLockModeFacts.EffectsOf(call) is { IsEmpty: false } direct ? direct : call.Function is { } function ? facts.EffectsOf(function.Name) : [];
}
