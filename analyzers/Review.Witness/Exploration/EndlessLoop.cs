using Review.Witness.Bindings;
using Review.Witness.Interpretation;

namespace Review.Witness.Exploration;

/// <summary>Tells a loop that never ends from one that is only long: a state that comes back comes back again and again.</summary>
internal static class EndlessLoop
{
    /// <summary>Instructions of one round; a longer one is not recognised.</summary>
    private const int LongestRound = 4_000;

    /// <summary>True if the run comes back to exactly where it is, memory and kernel included. Moves the run on.</summary>
    public static bool IsIn(Execution run, KernelWorld world)
    {
        var (place, bytes, state) = (run.Place, run.ToBytes(), world.State);
        for (var i = 0; i < LongestRound; i++)
        {
            if (run.Run(world, run.Steps + 1).Kind != StopKind.OutOfSteps)
            {
                return false;
            }

            if (run.Place == place && world.State.Equals(state) && run.ToBytes().AsSpan().SequenceEqual(bytes))
            {
                return true;
            }
        }

        return false;
    }
}
