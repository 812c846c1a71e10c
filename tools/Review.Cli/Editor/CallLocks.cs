using Review.Core.Syntax;
using Review.Flow.Facts;
using Review.Lsp.Reviewing;

namespace Review.Cli.Editor;

/// <summary>Which calls of a file take and drop locks, by what is known of the called functions.</summary>
internal static class CallLocks
{
    /// <summary>The subjects that are about locks.</summary>
    private static readonly string[] Subjects = ["MmapLock", "VmaLock"];

    /// <summary>The calls that the file spells, in source order.</summary>
    public static List<LockNote> In(TranslationUnit unit, IEnumerable<Type> domains)
    {
        var locks = domains.Where(static domain => Subjects.Contains(FactDomain.NameOf(domain), StringComparer.Ordinal)).Select(domain => FactDomain.Create(domain, unit)).ToList();
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var notes = new List<LockNote>();
        foreach (var call in unit.Functions.SelectMany(static function => function.Body.DescendantsAndSelf<CallExpression>()).Where(static call => call.Origin.IsInFile && call.Function is not null))
        {
            var name = call.Function!.Name;
            if (!known.TryGetValue(name, out var text))
            {
                known.Add(name, text = string.Join(", ", locks.SelectMany(domain => Effects(domain, name)).Distinct(StringComparer.Ordinal)));
            }

            if (text.Length > 0)
            {
                notes.Add(new LockNote(call.Span, text));
            }
        }

        return notes;
    }

    /// <summary>What a call does to locks; what it does not do in every case is said to be so.</summary>
    private static IEnumerable<string> Effects(FactDomain domain, string function)
    {
        var outcomes = domain.Functions.Explain(function).Outcomes;
        foreach (var effect in outcomes.SelectMany(static outcome => outcome.Effects).Where(static effect => effect.EndsWith("_lock", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal))
        {
            yield return outcomes.All(outcome => outcome.Has(effect)) ? effect : effect + ", in some cases";
        }
    }
}
