using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Review.CSharp.Calls;

/// <summary>A call of madvise through P/Invoke whose result nobody looks at: it may have failed in the middle of the range.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MadviseResultAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Ignored = new(
        "KMC1002", "The result of madvise is thrown away", "the result of {0} is thrown away: it may have failed, or have been done for a part of the range only", "Behavior", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Ignored];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(
            static context =>
            {
                var call = (IInvocationOperation)context.Operation;
                if (call.Parent is IExpressionStatementOperation && EntryPoint(call.TargetMethod) is "madvise" or "process_madvise")
                {
                    context.ReportDiagnostic(Diagnostic.Create(Ignored, call.Syntax.GetLocation(), call.TargetMethod.Name));
                }
            },
            OperationKind.Invocation);
    }

    /// <summary>The native function that a method calls; null if it calls none.</summary>
    private static string? EntryPoint(IMethodSymbol method)
    {
        if (method.GetDllImportData() is { } import)
        {
            return import.EntryPointName ?? method.Name;
        }

        var library = method.GetAttributes().FirstOrDefault(static attribute => attribute.AttributeClass?.Name == "LibraryImportAttribute");
        return library is null ? null : library.NamedArguments.FirstOrDefault(static argument => argument.Key == "EntryPoint").Value.Value as string ?? method.Name;
    }
}
