namespace Review.Core.Engine;

/// <summary>Collects what a rule wants to be called for.</summary>
public sealed class KernelAnalysisContext
{
    private readonly List<Action<FunctionAnalysisContext>> functionActions = [];
    private readonly List<Action<SwitchAnalysisContext>> switchActions = [];
    private readonly List<Action<TranslationUnitAnalysisContext>> unitActions = [];

    internal KernelAnalysisContext()
    {
    }

    internal IReadOnlyList<Action<FunctionAnalysisContext>> FunctionActions => functionActions;

    internal IReadOnlyList<Action<SwitchAnalysisContext>> SwitchActions => switchActions;

    internal IReadOnlyList<Action<TranslationUnitAnalysisContext>> UnitActions => unitActions;

    /// <summary>Calls the action once for every function with a body.</summary>
    public void RegisterFunctionAction(Action<FunctionAnalysisContext> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        functionActions.Add(action);
    }

    /// <summary>Calls the action once for every <c>switch</c>, outer ones before inner ones.</summary>
    public void RegisterSwitchAction(Action<SwitchAnalysisContext> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        switchActions.Add(action);
    }

    /// <summary>Calls the action once for every file, for what lies outside functions or between them.</summary>
    public void RegisterTranslationUnitAction(Action<TranslationUnitAnalysisContext> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        unitActions.Add(action);
    }
}
