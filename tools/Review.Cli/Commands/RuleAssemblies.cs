using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using Review.Core.Engine;
using Review.Flow.Facts;

namespace Review.Cli.Commands;

/// <summary>Where rules come from: the program's own assembly, and what <c>--analyzer</c> names.</summary>
internal static class RuleAssemblies
{
    private const string BuiltIn = "Review.Rules";

    /// <summary>What the program's own rules and those of other assemblies are.</summary>
    /// <exception cref="UserError">As for <see cref="Load"/>.</exception>
    public static RuleCatalog LoadCatalog(params IEnumerable<string> files) => Load(files).Catalog;

    /// <summary>The program's own rules and those of other assemblies.</summary>
    /// <exception cref="UserError">A file is no assembly, or its rules cannot be used.</exception>
    public static AnalyzerSet Load(IEnumerable<string> files)
    {
        try
        {
            return AnalyzerSet.Load(files.Select(Read).Prepend(Assembly.Load(BuiltIn)));
        }
        catch (AnalyzerLoadException exception)
        {
            throw new UserError(exception.Message, "leave the assembly out, or have it mended");
        }
    }

    /// <summary>The subjects in which something is known of functions, by name.</summary>
    public static IReadOnlyList<Type> LoadDomains(IEnumerable<string> files) => [.. FactDomain.In(files.Select(Read).Prepend(Assembly.Load(BuiltIn)))];

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The program of machine code refuses.")]
    private static Assembly Read(string file)
    {
        if (!RuntimeFeature.IsDynamicCodeSupported)
        {
            throw new UserError($"{file} cannot be loaded: this program is machine code only", "start it by ./mmreview, which takes the other one for --analyzer, or by dotnet mmreview.dll");
        }

        try
        {
            return Assembly.LoadFrom(Path.GetFullPath(file));
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException or UnauthorizedAccessException)
        {
            throw new UserError($"{file} cannot be loaded: {exception.Message}", "--analyzer takes a .NET assembly with rules");
        }
    }
}
