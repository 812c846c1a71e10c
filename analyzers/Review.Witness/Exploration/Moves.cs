using Review.Model.Calls;
using Review.Witness.Bindings;
using Review.Witness.Interpretation;

namespace Review.Witness.Exploration;

/// <summary>Everything that can happen next in a state of the search.</summary>
/// <param name="OfCode">What may become of the call that the interpreted thread stands at; none if it waits.</param>
/// <param name="End">Why the interpreted thread cannot go on at all; null if it can, or waits.</param>
/// <param name="OfOthers">The next step of each other thread that is not blocked, by its place in <see cref="Node.Others"/>.</param>
/// <param name="OfMonitors">Numbers of the userfaultfds from which an event can be read.</param>
internal sealed record Moves(List<Outcome> OfCode, StopException? End, List<(int Thread, Step Step)> OfOthers, List<int> OfMonitors)
{
    /// <summary>
    /// True if there is one thing only that can happen: a lock that is held keeps all others out, or all others are through. Such a state is passed through;
    /// it would be no choice for any search, and whatever comes of it is looked at.
    /// </summary>
    public bool IsForced => OfCode.Count + OfOthers.Count + OfMonitors.Count + (End is null ? 0 : 1) == 1;

    /// <summary>Looks at each thread.</summary>
    public static Moves Of(Node node, Mission mission, ProgramCode program)
    {
        List<Outcome> outcomes = [];
        StopException? end = null;
        try
        {
            outcomes = new KernelWorld(mission, program, node.State).Outcomes(node.Code);
        }
        catch (StopException stop)
        {
            end = stop;
        }

        var others = new List<(int Thread, Step Step)>();
        for (var thread = 0; thread < node.Others.Length; thread++)
        {
            if (!node.Others[thread].IsEmpty && node.Others[thread][0].Step(node.State.Machine) is { IsBlocked: false } step)
            {
                others.Add((thread, step));
            }
        }

        var monitors = Enumerable.Range(1, node.State.Machine.Userfaultfds.Count).Where(number => node.State.Machine.Uffd(number).IsReadable).ToList();
        return new Moves(outcomes, end, others, monitors);
    }
}
