using System.Collections.Immutable;
using Review.Model.Calls;

namespace Review.Model.Exploration;

/// <summary>
/// Partial-order reduction: whoever holds mmap_lock for writing runs alone until it drops the lock, if no other thread of the program can look at that address space
/// without the lock. Until then no step of another thread depends on its steps: the others wait for the lock, or work elsewhere. That makes its next step a persistent
/// set (Godefroid, "Partial-Order Methods for the Verification of Concurrent Systems"); it changes nothing that a property watches of the others.
/// </summary>
internal sealed class Reduction
{
    private readonly ConcurrentProgram program;

    /// <summary>For each thread, the number of its first call after which none looks without the lock.</summary>
    private readonly ImmutableArray<int> lockedFrom;

    public Reduction(ConcurrentProgram program)
    {
        this.program = program;
        lockedFrom = [.. program.Threads.Select(static thread => thread.Calls.ToList().FindLastIndex(static call => call.LooksWithoutLock) + 1)];
    }

    /// <summary>The only thread that has to be followed from here, or -1 if all have to.</summary>
    public int OnlyThread(StateStore states, in PackedState state)
    {
        var machine = states.MachineOf(state);
        for (var number = 1; number <= machine.Spaces.Count; number++)
        {
            if (machine.Space(number).Lock.Writer is > 0 and var writer && IndexOf(writer) is >= 0 and var index && NobodyElseLooks(states, state, index))
            {
                return index;
            }
        }

        return -1;
    }

    private int IndexOf(int thread)
    {
        for (var i = 0; i < program.Threads.Length; i++)
        {
            if (program.Threads[i].Current.Thread == thread)
            {
                return i;
            }
        }

        return -1;
    }

    private bool NobodyElseLooks(StateStore states, in PackedState state, int writer)
    {
        for (var i = 0; i < program.Threads.Length; i++)
        {
            if (i != writer && states.PointOf(state, i).Next < lockedFrom[i])
            {
                return false;
            }
        }

        return true;
    }
}
