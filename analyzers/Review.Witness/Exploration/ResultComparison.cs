using System.Collections.Immutable;
using System.Globalization;
using Review.Core.Syntax;
using Review.Model;
using Review.Witness.Bindings;
using Review.Witness.Interpretation;

namespace Review.Witness.Exploration;

/// <summary>
/// Compares what a call returns with what is due: one of the results that the model's call can have, or the error of a kernel function that failed. Other unlikely ways, such as a lock that the fault
/// handler drops, are not compared: the model does not take them.
/// </summary>
internal sealed class ResultComparison(string entry, Situation situation, Mission mission)
{
    private ImmutableHashSet<long>? possible;

    /// <summary>True once the model's call had too many states to know its results.</summary>
    public bool IsBounded { get; private set; }

    /// <summary>True if a run that returns this says something; wrong tells what is not as it has to be, null if nothing is.</summary>
    public bool Judges(KernelState state, long result, out string? wrong)
    {
        wrong = null;
        if (!mission.Sought.Contains(ViolationKind.WrongResult))
        {
            return true;
        }

        if (mission.Direct is not null)
        {
            // The model knows what system calls return, and not what a function does.
            return false;
        }

        if (state.Owed is { } owed && mission.Remote is null)
        {
            wrong = owed.Allows(result) ? null : $"{Returns(result)} where {owed.Function}() failed with -{owed.Error} and {owed.Expected} is due";
            return true;
        }

        if (state.Deviations > 0 || mission is { Remote: not null, Advice: Madv.HwPoison or Madv.SoftOffline })
        {
            // The model breaks no memory; what madvise() returns for it is known, and what a vector of such ranges comes to is not.
            return false;
        }

        if ((possible ??= PossibleResults.Of(situation)) is not { } results)
        {
            IsBounded = true;
            return false;
        }

        wrong = results.Contains(result) ? null : $"{Returns(result)} where the model gives {string.Join(" or ", results.Order().Select(Name))}";
        return true;
    }

    /// <summary>A result as people read it: an error by its name.</summary>
    public static string Name(long result) => result < 0 ? $"-{(Errno)(-result)}" : result.ToString(CultureInfo.InvariantCulture);

    private string Returns(long result) => $"{SystemCallName.Of(entry)}() returns {Name(result)}";
}
