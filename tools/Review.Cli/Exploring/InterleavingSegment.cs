using System.Collections.Immutable;
using Review.Model.Exploration;

namespace Review.Cli.Exploring;

/// <summary>Steps of one thread without a step of another between them.</summary>
/// <param name="Thread">Index of the thread.</param>
/// <param name="BeginsOperation">The thread is between operations when the segment begins.</param>
/// <param name="Begun">Indices of the operations that begin in it.</param>
/// <param name="Last">The operation of its last step.</param>
/// <param name="EndsOperation">Its last step ends that operation.</param>
/// <param name="WaitsForEvent">Otherwise, number of the userfaultfd whose event the call waits for; null if it waits for nothing that user space decides.</param>
internal sealed record InterleavingSegment(int Thread, bool BeginsOperation, ImmutableArray<int> Begun, int Last, bool EndsOperation, int? WaitsForEvent)
{
    /// <summary>The segments of an interleaving, in order.</summary>
    public static IEnumerable<InterleavingSegment> Of(ImmutableArray<InterleavingStep> steps)
    {
        var begun = new HashSet<(int Thread, int Operation)>();
        for (var start = 0; start < steps.Length;)
        {
            var end = start;
            var fresh = ImmutableArray.CreateBuilder<int>();
            var begins = !begun.Contains((steps[start].Thread, steps[start].Call.Operation));
            for (; end < steps.Length && steps[end].Thread == steps[start].Thread; end++)
            {
                if (begun.Add((steps[end].Thread, steps[end].Call.Operation)))
                {
                    fresh.Add(steps[end].Call.Operation);
                }
            }

            var last = steps[end - 1];
            var goesOn = steps.Skip(end).Any(step => step.Thread == last.Thread && step.Call.Operation == last.Call.Operation);
            yield return new InterleavingSegment(last.Thread, begins, fresh.ToImmutable(), last.Call.Operation, last.Result is not null && !goesOn, last.Waits ? Unread(last) : null);
            start = end;
        }
    }

    private static int? Unread(InterleavingStep step)
    {
        for (var number = 1; number <= step.After.Userfaultfds.Count; number++)
        {
            if (step.After.Uffd(number).IsReadable)
            {
                return number;
            }
        }

        return null;
    }
}
