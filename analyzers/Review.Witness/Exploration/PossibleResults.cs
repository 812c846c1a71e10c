using System.Collections.Immutable;
using Review.Model;
using Review.Model.Calls;
using Review.Model.Userfault;

namespace Review.Witness.Exploration;

/// <summary>Every result that the model's own call can have in a situation, over all interleavings.</summary>
internal static class PossibleResults
{
    private const int MostStates = 20_000;

    /// <summary>The results as the call returns them: 0, a number of bytes, or a negative error; null if there are too many states.</summary>
    public static ImmutableHashSet<long>? Of(Situation situation)
    {
        if (situation is { Remote: null, Advice: Madv.HwPoison or Madv.SoftOffline })
        {
            return OfInjection(situation);
        }

        var results = ImmutableHashSet.CreateBuilder<long>();
        var seen = new HashSet<State>();
        var open = new Queue<State>();
        Add(new State(situation.Machine, situation.Remote ?? (Call)new MadviseCall(new Current(situation.Process, Situation.Thread), situation.Start, situation.Length, situation.Advice), situation.Interference));
        while (open.TryDequeue(out var state))
        {
            if (seen.Count > MostStates)
            {
                return null;
            }

            var step = state.Call.Step(state.Machine);
            if (step.IsEnd)
            {
                _ = results.Add(step.Result.IsSuccess ? (long)step.Result.Value : -(long)step.Result.Error);
            }
            else if (!step.IsBlocked)
            {
                Add(state with { Machine = step.Machine, Call = step.Next! });
            }

            for (var thread = 0; thread < state.Others.Length; thread++)
            {
                if (state.Others[thread] is [var call, ..] calls && call.Step(state.Machine) is { IsBlocked: false } other)
                {
                    Add(state with { Machine = other.Machine, Others = state.Others.SetItem(thread, other.Next is { } next ? calls.SetItem(0, next) : calls.RemoveAt(0)) });
                }
            }

            for (var number = 1; number <= state.Machine.Userfaultfds.Count; number++)
            {
                if (state.Machine.Uffd(number).IsReadable)
                {
                    Add(state with { Machine = state.Machine.Read(number, out _) });
                }
            }
        }

        return results.ToImmutable();

        void Add(State state)
        {
            if (seen.Add(state))
            {
                open.Enqueue(state);
            }
        }
    }

    /// <summary>
    /// The model has no broken memory: it knows what becomes of bad arguments. Else the caller needs CAP_SYS_ADMIN, and there is nothing that fails by itself (madvise(2)).
    /// </summary>
    private static ImmutableHashSet<long> OfInjection(Situation situation) =>
    [
        MadviseCall.ShouldSkip(situation.Machine, situation.Start, situation.Length, situation.Advice, out var result) ? -(long)result
            : situation.Machine.Process(situation.Process).IsPrivileged ? 0
            : -(long)Errno.EPERM,
    ];

    private sealed record State(Machine Machine, Call Call, ImmutableArray<ImmutableArray<Call>> Others)
    {
        public bool Equals(State? other) => other is not null && Call.Equals(other.Call) && Machine.Equals(other.Machine) && Others.Zip(other.Others).All(static pair => pair.First.SequenceEqual(pair.Second));

        public override int GetHashCode() => HashCode.Combine(Machine, Call, Others.Sum(static calls => calls.Length));
    }
}
