using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace ClangSharp.Interop;

/// <summary>
/// The C functions of libclang under the names and signatures of the ClangSharp.Interop package, as far as libclang 19
/// exports them and the reviewer needs them. See clang-c/Index.h for what each function does.
/// </summary>
public static unsafe partial class clang
{
    private const string Library = "libclang";

    /// <summary>File names under which systems install libclang, the tested version first.</summary>
    private static readonly string[] FileNames =
        ["libclang-19.so.1", "libclang.so.19", "libclang.so.1", "libclang.so", "libclang.dylib", "libclang.dll"];

    static clang() => NativeLibrary.SetDllImportResolver(typeof(clang).Assembly, Resolve);

    /// <summary>
    /// Asked for the native library before the default places; the first answer other than zero is taken.
    /// </summary>
    public static event DllImportResolver? ResolveLibrary;

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        foreach (var resolver in Delegate.EnumerateInvocationList(ResolveLibrary))
        {
            var answer = resolver(name, assembly, searchPath);
            if (answer != 0)
            {
                return answer;
            }
        }

        foreach (var file in name == Library ? FileNames : [])
        {
            if (NativeLibrary.TryLoad(file, assembly, searchPath, out var handle))
            {
                return handle;
            }
        }

        return 0;
    }
}
