using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace LibGit2Sharp.Native;

/// <summary>
/// Lets LibGit2Sharp use the libgit2 that the distribution installs instead of its own native package. Compiled into
/// every project that is built with LibGit2Mode=system.
/// </summary>
internal static class LibGit2Library
{
    /// <summary>The versions whose calls LibGit2Sharp 0.29 can make, the closest to its own first.</summary>
    private static readonly string[] FileNames = ["libgit2.so.1.7", "libgit2.so.1.6", "libgit2.so.1.5"];

    // Asked once per imported function, so the answer is kept.
    private static nint handle;

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The library has to be known before the first call, whoever makes it.")]
    internal static void Register() => AssemblyLoadContext.Default.ResolvingUnmanagedDll += static (_, name) =>
    {
        if (handle == 0 && name.StartsWith("git2-", StringComparison.Ordinal))
        {
            foreach (var file in FileNames)
            {
                if (NativeLibrary.TryLoad(file, out handle))
                {
                    break;
                }
            }
        }

        return name.StartsWith("git2-", StringComparison.Ordinal) ? handle : 0;
    };
}
