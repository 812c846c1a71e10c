using System.Collections.Immutable;
using ClangSharp.Interop;
using Review.Core.Syntax;

namespace Review.Clang;

/// <summary>Reads clang's diagnostics.</summary>
internal static unsafe class MessageReader
{
    public static ImmutableArray<CompilerMessage> Read(CXTranslationUnitImpl* unit, ParseRequest request)
    {
        var messages = ImmutableArray.CreateBuilder<CompilerMessage>();
        var count = clang.getNumDiagnostics(unit);
        for (var i = 0u; i < count; i++)
        {
            var diagnostic = clang.getDiagnostic(unit, i);
            messages.Add(Read(diagnostic, request));
            clang.disposeDiagnostic(diagnostic);
        }

        return messages.ToImmutable();
    }

    private static CompilerMessage Read(void* diagnostic, ParseRequest request)
    {
        void* file;
        uint line;
        uint column;
        uint offset;
        clang.getFileLocation(clang.getDiagnosticLocation(diagnostic), &file, &line, &column, &offset);
        var path = file is null ? null : request.DisplayPath(NativeText.Take(clang.getFileName(file)));
        var option = NativeText.Take(clang.getDiagnosticOption(diagnostic, null));

        // The notes belong to their parent and are not disposed.
        var notes = ImmutableArray.CreateBuilder<CompilerMessage>();
        var children = clang.getChildDiagnostics(diagnostic);
        var count = children is null ? 0 : clang.getNumDiagnosticsInSet(children);
        for (var i = 0u; i < count; i++)
        {
            notes.Add(Read(clang.getDiagnosticInSet(children, i), request));
        }

        // clang spells types without a name by the place where they are.
        var text = request.WithoutRoots(NativeText.Take(clang.getDiagnosticSpelling(diagnostic)));
        return new CompilerMessage(SeverityOf(diagnostic), path, (int)line, (int)column, (int)offset, text, option, notes.ToImmutable())
        {
            StopsTheBuild = request.Errors.Contains(option) || clang.getDiagnosticSeverity(diagnostic) >= CXDiagnosticSeverity.CXDiagnostic_Error,
        };
    }

    private static CompilerSeverity SeverityOf(void* diagnostic) => clang.getDiagnosticSeverity(diagnostic) switch
    {
        CXDiagnosticSeverity.CXDiagnostic_Fatal => CompilerSeverity.Fatal,
        CXDiagnosticSeverity.CXDiagnostic_Error => CompilerSeverity.Error,
        CXDiagnosticSeverity.CXDiagnostic_Warning => CompilerSeverity.Warning,
        _ => CompilerSeverity.Note,
    };
}
