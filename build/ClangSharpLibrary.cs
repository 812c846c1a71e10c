using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ClangSharp.Interop;

/// <summary>
/// Lets the ClangSharp.Interop package find the libclang that the distribution installs; without it only a native
/// package next to the program would be found. Compiled into every project that uses the package.
/// </summary>
internal static class ClangSharpLibrary
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "The library has to be known before the first call, whoever makes it.")]
    internal static void Register() => clang.ResolveLibrary += static (name, assembly, searchPath) =>
        name == "libclang" && NativeLibrary.TryLoad("libclang-19.so.1", assembly, searchPath, out var handle) ? handle : 0;
}
