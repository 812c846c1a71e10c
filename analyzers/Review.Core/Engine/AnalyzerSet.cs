using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Review.Core.Diagnostics;

namespace Review.Core.Engine;

/// <summary>An assembly's rules cannot be used; the message names the class and what is wrong with it.</summary>
public sealed class AnalyzerLoadException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The rules of some assemblies, made once and ready to run.</summary>
public sealed class AnalyzerSet
{
    private const string RulesAreKept = "A program without reflection metadata keeps the assemblies of rules whole.";

    private AnalyzerSet(ImmutableArray<LoadedAnalyzer> analyzers)
    {
        Analyzers = analyzers;
        Catalog = new RuleCatalog(analyzers.SelectMany(analyzer => analyzer.Rules));
    }

    /// <summary>Every rule, the engine's own included.</summary>
    public RuleCatalog Catalog { get; }

    /// <summary>The analyzers by the number of their first rule.</summary>
    internal ImmutableArray<LoadedAnalyzer> Analyzers { get; }

    /// <summary>Finds the rules of assemblies by reflection and makes one of each.</summary>
    /// <exception cref="AnalyzerLoadException">A class cannot be made, describes nothing, or takes another rule's name or number.</exception>
    public static AnalyzerSet Load(params IEnumerable<Assembly> assemblies) =>
        Create(assemblies.Distinct().SelectMany(TypesOf).Where(IsAnalyzer).Select(Make));

    /// <summary>A set of analyzers that exist already.</summary>
    /// <exception cref="AnalyzerLoadException">As for <see cref="Load"/>.</exception>
    public static AnalyzerSet Create(IEnumerable<KernelAnalyzer> analyzers)
    {
        var loaded = analyzers.Select(analyzer => new LoadedAnalyzer(analyzer)).OrderBy(analyzer => analyzer.Rules[0].Number, StringComparer.Ordinal).ToImmutableArray();
        var set = new AnalyzerSet(loaded);
        RefuseEquals(set.Catalog.Rules, rule => rule.Number);
        RefuseEquals(set.Catalog.Rules, rule => rule.Name);
        return set;
    }

    private static void RefuseEquals(ImmutableArray<RuleInfo> rules, Func<RuleInfo, string> key)
    {
        if (rules.GroupBy(key, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twins)
        {
            throw new AnalyzerLoadException($"{string.Join(" and ", twins.Select(rule => rule.PageStem))} both claim to be {twins.Key}");
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = RulesAreKept)]
    private static Type[] TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException exception)
        {
            var cause = exception.LoaderExceptions.FirstOrDefault(inner => inner is not null)?.Message;
            throw new AnalyzerLoadException($"{assembly.GetName().Name} needs something that is not there: {cause ?? exception.Message}", exception);
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = RulesAreKept)]
    private static bool IsAnalyzer(Type type) =>
        typeof(KernelAnalyzer).IsAssignableFrom(type) && type is { IsAbstract: false, ContainsGenericParameters: false }
        && type.GetConstructor(Type.EmptyTypes) is not null;

    [UnconditionalSuppressMessage("Trimming", "IL2067", Justification = RulesAreKept)]
    private static KernelAnalyzer Make(Type type)
    {
        try
        {
            return (KernelAnalyzer)Activator.CreateInstance(type)!;
        }
        catch (TargetInvocationException exception)
        {
            throw new AnalyzerLoadException($"{type.Name} cannot be made: its constructor throws {exception.InnerException!.GetType().Name}", exception);
        }
    }
}

/// <summary>An analyzer that has registered its actions, or failed to.</summary>
internal sealed class LoadedAnalyzer
{
    public LoadedAnalyzer(KernelAnalyzer analyzer)
    {
        Analyzer = analyzer;
        var type = analyzer.GetType();
        try
        {
            Descriptors = analyzer.SupportedDiagnostics;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new AnalyzerLoadException($"{type.Name} cannot be made: SupportedDiagnostics throws {exception.GetType().Name}", exception);
        }

        // Several descriptors of one number are one rule that words its finding in several ways; the most serious one stands for it.
        Rules = [.. Descriptors.OrderByDescending(descriptor => descriptor.DefaultSeverity).DistinctBy(descriptor => descriptor.Id).Select(descriptor => new RuleInfo(descriptor, type.Assembly, type.Name))];
        if (Rules.IsEmpty)
        {
            throw new AnalyzerLoadException($"{type.Name} supports no diagnostics");
        }

        if (Descriptors.FirstOrDefault(descriptor => !Rules.Any(rule => IsSameRule(rule.Descriptor, descriptor))) is { } odd)
        {
            throw new AnalyzerLoadException($"{type.Name} describes {odd.Id} with two names or categories");
        }

        try
        {
            analyzer.Initialize(Actions);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            InitializeFailure = exception;
        }
    }

    public KernelAnalyzer Analyzer { get; }

    /// <summary>Everything the analyzer may report.</summary>
    public ImmutableArray<DiagnosticDescriptor> Descriptors { get; }

    /// <summary>The rules behind the descriptors.</summary>
    public ImmutableArray<RuleInfo> Rules { get; }

    public KernelAnalysisContext Actions { get; } = new();

    /// <summary>What Initialize threw; then none of the actions is called.</summary>
    public Exception? InitializeFailure { get; }

    /// <summary>The rule that failures are reported under.</summary>
    public string Name => Rules[0].Name;

    private static bool IsSameRule(DiagnosticDescriptor one, DiagnosticDescriptor other) =>
        one.Id == other.Id && one.RuleName() == other.RuleName() && one.Category == other.Category;
}
