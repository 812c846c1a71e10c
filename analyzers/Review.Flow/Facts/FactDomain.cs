using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Review.Core.Syntax;

namespace Review.Flow.Facts;

/// <summary>
/// One subject about which something is known of functions, e.g. what calls do to one lock. A class of its own stands for each: it has a constructor that takes
/// a file, and its name ends in <c>Facts</c>. Whoever needs all subjects finds them by that.
/// </summary>
public abstract class FactDomain
{
    private const string Suffix = "Facts";
    private const string DomainsAreKept = "A program without reflection metadata keeps the assemblies of rules whole.";

    /// <param name="unit">The file.</param>
    /// <param name="table">What is known of functions whose body is elsewhere.</param>
    protected FactDomain(TranslationUnit unit, FactTable table)
    {
        Known = table;
        Functions = new FunctionFacts(unit, table);
    }

    /// <summary>What is known of functions whose body is elsewhere.</summary>
    public FactTable Known { get; }

    /// <summary>The facts of the file's functions and of those it calls.</summary>
    public FunctionFacts Functions { get; }

    /// <summary>The subject's name, e.g. <c>MmapLock</c>.</summary>
    public string Name => NameOf(GetType());

    /// <summary>The domains of assemblies, by name.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = DomainsAreKept)]
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = DomainsAreKept)]
    public static IEnumerable<Type> In(params IEnumerable<Assembly> assemblies) => assemblies.Distinct()
        .SelectMany(static assembly => assembly.GetTypes())
        .Where(static type => type.IsSubclassOf(typeof(FactDomain)) && !type.IsAbstract && type.GetConstructor([typeof(TranslationUnit)]) is not null)
        .OrderBy(NameOf, StringComparer.Ordinal);

    /// <summary>Makes the domain of a type for a file.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2067", Justification = DomainsAreKept)]
    public static FactDomain Create(Type domain, TranslationUnit unit)
    {
        ArgumentNullException.ThrowIfNull(domain);
        return (FactDomain)Activator.CreateInstance(domain, unit)!;
    }

    /// <summary>The name of a domain's subject.</summary>
    public static string NameOf(Type domain)
    {
        ArgumentNullException.ThrowIfNull(domain);
        return domain.Name.EndsWith(Suffix, StringComparison.Ordinal) ? domain.Name[..^Suffix.Length] : domain.Name;
    }
}
