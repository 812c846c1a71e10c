using System.Reflection;
using System.Runtime.CompilerServices;
using ClangSharp.Interop;

namespace Review.Tests.Interop;

/// <summary>
/// The builtin binding stands in for the ClangSharp.Interop package. What it may offer is written down in
/// ClangSurface.txt: each line was compared with the package once, and must hold for whichever of the two is built in.
/// </summary>
public sealed class ClangSurfaceTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    [Fact]
    public void Every_listed_member_exists() => Assert.Empty(Listed().Except(Actual(), StringComparer.Ordinal));

    [Fact]
    public void The_builtin_binding_has_no_member_that_is_not_listed()
    {
        var isPackage = typeof(clang).Assembly.GetName().Name == "ClangSharp.Interop";
        var unlisted = Actual().Except(Listed(), StringComparer.Ordinal).ToList();
        Assert.True(isPackage || unlisted.Count == 0, string.Join('\n', unlisted));
    }

    [Fact]
    public void Structures_have_the_sizes_of_the_C_interface()
    {
        Assert.Equal(32, Unsafe.SizeOf<CXCursor>());
        Assert.Equal(24, Unsafe.SizeOf<CXType>());
        Assert.Equal(24, Unsafe.SizeOf<CXSourceLocation>());
        Assert.Equal(24, Unsafe.SizeOf<CXSourceRange>());
        Assert.Equal(16, Unsafe.SizeOf<CXString>());
        Assert.Equal(24, Unsafe.SizeOf<CXToken>());
        Assert.Equal(24, Unsafe.SizeOf<CXUnsavedFile>());
        Assert.Equal(24, Unsafe.SizeOf<CXTUResourceUsage>());
    }

    private static List<string> Listed()
    {
        using var stream = typeof(ClangSurfaceTests).Assembly.GetManifestResourceStream("ClangSurface.txt")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static IEnumerable<string> Actual() =>
        from type in typeof(clang).Assembly.GetExportedTypes()
        from member in type.GetMembers(Declared)
        where member is not (Type or PropertyInfo or EventInfo or ConstructorInfo or FieldInfo { IsSpecialName: true })
        let line = member is FieldInfo { IsLiteral: true, DeclaringType.IsEnum: true } constant
            ? $"{type.Name}.{constant.Name} = {constant.GetRawConstantValue()}"
            : $"{type.FullName}: {member}"
        orderby line
        select line.Replace("ClangSharp.Interop.", string.Empty, StringComparison.Ordinal);
}
