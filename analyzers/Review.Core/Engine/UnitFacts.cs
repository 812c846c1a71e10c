using System.Collections.Concurrent;
using Review.Core.Syntax;

namespace Review.Core.Engine;

/// <summary>
/// What rules learn about a translation unit and share: function summaries, graphs. A fact is computed when the
/// first rule asks and dropped with the unit, so rules stay without state.
/// </summary>
/// <param name="unit">The file.</param>
/// <param name="profile">Hears how long each fact took; null if nobody asks.</param>
public sealed class UnitFacts(TranslationUnit unit, AnalysisProfile? profile = null)
{
    private readonly ConcurrentDictionary<Type, Lazy<object>> facts = new();

    /// <summary>The fact of a type. If computing it throws, everybody who asks sees the exception.</summary>
    /// <param name="compute">A pure function of the unit; for one type always the same.</param>
    public T Get<T>(Func<TranslationUnit, T> compute)
        where T : class =>
        (T)facts.GetOrAdd(typeof(T), _ => new Lazy<object>(() => profile is null ? compute(unit) : profile.Measure("facts: " + typeof(T).Name, () => compute(unit)))).Value;
}
