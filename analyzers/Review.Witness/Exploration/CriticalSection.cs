using Review.Model;
using Review.Model.Calls;

namespace Review.Witness.Exploration;

/// <summary>
/// Which steps of another thread are one, by Lipton's reduction: all that is done under mmap_lock held for writing, because others can only wait for it meanwhile. Taking the
/// lock for reading can as well be put off until something is done with it, and dropping it never need be.
/// </summary>
internal static class CriticalSection
{
    /// <summary>Goes on from a step until others can tell a difference.</summary>
    /// <param name="before">The machine before the step.</param>
    /// <param name="step">The step that was made.</param>
    /// <param name="space">The address space that is looked at.</param>
    /// <param name="thread">The thread that made it.</param>
    public static Step Through(Machine before, Step step, int space, int thread)
    {
        while (step.Next is { } call && call.Step(step.Machine) is { IsBlocked: false } next
            && (step.Machine.Space(space).Lock.Writer == thread || HasTaken(before, step.Machine, space, thread) || HasTaken(next.Machine, step.Machine, space, thread)))
        {
            (before, step) = (step.Machine, next);
        }

        return step;
    }

    /// <summary>True if two machines differ in nothing but that the thread holds the lock for reading in the second one.</summary>
    private static bool HasTaken(Machine free, Machine held, int space, int thread)
    {
        var (without, with) = (free.Space(space), held.Space(space));
        return with.Lock.IsReader(thread) && !without.Lock.IsReader(thread) && free.With(space, without with { Lock = with.Lock }).Equals(held);
    }
}
