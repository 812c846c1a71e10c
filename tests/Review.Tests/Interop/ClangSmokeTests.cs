using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using ClangSharp.Interop;

namespace Review.Tests.Interop;

/// <summary>Proves that the binding and the installed libclang understand each other.</summary>
public sealed unsafe class ClangSmokeTests
{
    [ThreadStatic]
    private static List<string>? visited;

    [Fact]
    public void The_library_tells_its_version() => Assert.Contains("clang version", Take(clang.getClangVersion()), StringComparison.Ordinal);

    [Fact]
    public void Parses_a_string_and_visits_it()
    {
        var name = "smoke.c\0"u8;
        var text = "int twice(int x) { return x + x; }"u8;
        var index = clang.createIndex(0, 0);
        clang.toggleCrashRecovery(0);
        visited = [];
        fixed (byte* nameBytes = name, textBytes = text)
        {
            var file = new CXUnsavedFile { Filename = (sbyte*)nameBytes, Contents = (sbyte*)textBytes, Length = (nuint)text.Length };
            CXTranslationUnitImpl* unit;
            var error = clang.parseTranslationUnit2(index, (sbyte*)nameBytes, null, 0, &file, 1, 0, &unit);
            Assert.Equal(CXErrorCode.CXError_Success, error);
            var root = clang.getTranslationUnitCursor(unit);
            Assert.Equal(0u, clang.visitChildren(root, &Visit, null));
            Assert.Equal(0u, clang.getNumDiagnostics(unit));

            CXToken* tokens;
            uint count;
            clang.tokenize(unit, clang.getCursorExtent(root), &tokens, &count);
            Assert.Equal("int", Take(clang.getTokenSpelling(unit, tokens[0])));
            Assert.Equal(13u, count);
            clang.disposeTokens(unit, tokens, count);
            clang.disposeTranslationUnit(unit);
        }

        clang.disposeIndex(index);
        Assert.Equal(
            ["FunctionDecl twice", "ParmDecl x", "CompoundStmt", "ReturnStmt", "BinaryOperator + Add", "Unexposed x", "DeclRefExpr x", "Unexposed x", "DeclRefExpr x"],
            visited);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static CXChildVisitResult Visit(CXCursor cursor, CXCursor parent, void* data)
    {
        var line = new StringBuilder(
            cursor.kind == CXCursorKind.CXCursor_UnexposedExpr ? "Unexposed" : cursor.kind.ToString()["CXCursor_".Length..]);
        var spelling = Take(clang.getCursorSpelling(cursor));
        line.Append(spelling.Length == 0 ? string.Empty : " " + spelling);
        if (cursor.kind == CXCursorKind.CXCursor_BinaryOperator)
        {
            line.Append(' ').Append(clang.getCursorBinaryOperatorKind(cursor).ToString()["CXBinaryOperator_".Length..]);
        }

        visited!.Add(line.ToString());
        return CXChildVisitResult.CXChildVisit_Recurse;
    }

    private static string Take(CXString text)
    {
        var result = Marshal.PtrToStringUTF8((nint)clang.getCString(text)) ?? string.Empty;
        clang.disposeString(text);
        return result;
    }
}
