using System.Reflection;
using System.Runtime.InteropServices;
using ClangSharp.Interop;

namespace Review.Cli;

/// <summary>
/// The versions that a result depends on: the program's, libclang's and libgit2's, and through which binding each library is
/// called. A library that cannot be loaded is reported as such.
/// </summary>
internal sealed partial record ToolVersions(string Tool, string Clang, string ClangBinding, string Git, string GitBinding)
{
    private const string NotFound = "not found";

    /// <summary>True if both libraries are there.</summary>
    public bool HasBoth => Clang != NotFound && Git != NotFound;

    /// <summary>The program's own version; loads nothing.</summary>
    public static string Own => typeof(ToolVersions).Assembly.GetName().Version!.ToString(3);

    /// <summary>Asks both libraries; loads them if they are not loaded yet.</summary>
    public static ToolVersions Read() => Of(ClangVersion(), GitVersion());

    /// <summary>The versions where those of both libraries are known.</summary>
    public static ToolVersions Of(string clang, string git)
    {
        var modes = typeof(ToolVersions).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(a => a.Key, a => a.Value ?? string.Empty, StringComparer.Ordinal);
        return new ToolVersions(Own, clang, modes["ClangSharpMode"], git, modes["LibGit2Mode"]);
    }

    /// <summary>Prints one line for the program and one for each library.</summary>
    public static int Print(TextWriter output)
    {
        var versions = Read();
        output.WriteLine($"mmreview {versions.Tool}");
        output.WriteLine($"libclang {versions.Clang} (binding: {versions.ClangBinding})");
        output.WriteLine($"libgit2 {versions.Git} (binding: {versions.GitBinding})");
        return ExitStatus.Clean;
    }

    private static unsafe string ClangVersion()
    {
        try
        {
            var text = clang.getClangVersion();
            var version = Marshal.PtrToStringUTF8((nint)clang.getCString(text)) ?? NotFound;
            clang.disposeString(text);
            var start = version.IndexOf("version ", StringComparison.Ordinal);
            return start < 0 ? version : version[(start + "version ".Length)..];
        }
        catch (DllNotFoundException)
        {
            return NotFound;
        }
    }

    private static string GitVersion()
    {
        try
        {
            return git_libgit2_version(out var major, out var minor, out var revision) == 0 ? $"{major}.{minor}.{revision}" : NotFound;
        }
        catch (DllNotFoundException)
        {
            return NotFound;
        }
    }

    // The name under which LibGit2Sharp 0.29.0 asks for its library; the managed assembly itself is not loaded for this.
    [LibraryImport("git2-a2bde63")]
    private static partial int git_libgit2_version(out int major, out int minor, out int revision);
}
