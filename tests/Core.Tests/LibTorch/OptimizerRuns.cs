using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim.lr_scheduler;

namespace Core.Tests.LibTorch;

/// <summary>The optimizers and schedulers of conformance.py.</summary>
internal static class OptimizerRuns
{
    internal static double[] Run(string name)
    {
        using var scope = NewDisposeScope();
        using var parameter = new Parameter(linspace(-1, 1, 10));
        using var optimizer = Optimizer(name, [parameter]);
        for (var step = 0; step < 5; step++)
        {
            optimizer.zero_grad();
            (parameter * (step + 1.5)).sin().sum().backward();
            optimizer.step();
        }

        return parameter.detach().@double().data<double>().ToArray();
    }

    internal static double[] Rates(string name)
    {
        using var scope = NewDisposeScope();
        using var parameter = new Parameter(zeros(1));
        using var optimizer = optim.SGD([parameter], 0.1);
        if (name == "plateau")
        {
            return PlateauRates(optimizer);
        }

        var scheduler = Scheduler(name, optimizer);
        var rates = new List<double>();
        for (var epoch = 0; epoch < 8; epoch++)
        {
            rates.Add(scheduler.get_last_lr().Single());
            scheduler.step();
        }

        return [.. rates];
    }

    private static double[] PlateauRates(SGD optimizer)
    {
        var scheduler = ReduceLROnPlateau(optimizer, patience: 1, cooldown: 1, factor: 0.5);
        var rates = new List<double>();
        foreach (var metric in new[] { 1.0, 0.9, 0.95, 0.95, 0.95, 0.95, 0.95, 0.8 })
        {
            rates.Add(optimizer.ParamGroups.Single().LearningRate);
            scheduler.step(metric);
        }

        return [.. rates];
    }

    private static optim.Optimizer Optimizer(string name, Parameter[] p) => name switch
    {
        "adam" => optim.Adam(p, lr: 0.01),
        "adam-decay-amsgrad" => optim.Adam(p, lr: 0.01, weight_decay: 0.1, amsgrad: true),
        "adam-maximize" => optim.Adam(p, lr: 0.01, beta1: 0.8, beta2: 0.99, maximize: true),
        "adamw" => optim.AdamW(p, lr: 0.01, weight_decay: 0.01),
        "sgd" => optim.SGD(p, 0.1),
        "sgd-momentum" => optim.SGD(p, 0.1, momentum: 0.9, dampening: 0.1, weight_decay: 0.01),
        "sgd-nesterov" => optim.SGD(p, 0.1, momentum: 0.9, nesterov: true),
        "rmsprop" => optim.RMSProp(p, lr: 0.01),
        "rmsprop-centered" => optim.RMSProp(p, lr: 0.01, momentum: 0.5, weight_decay: 0.1, centered: true),
        "adadelta" => optim.Adadelta(p, lr: 1.0),
        "adadelta-decay" => optim.Adadelta(p, lr: 0.5, rho: 0.8, weight_decay: 0.1),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "conformance.py has a case that is not here"),
    };

    private static LRScheduler Scheduler(string name, SGD optimizer) => name switch
    {
        "step" => StepLR(optimizer, 3, gamma: 0.3),
        "multistep" => MultiStepLR(optimizer, [2, 5, 5], gamma: 0.5),
        "exponential" => ExponentialLR(optimizer, gamma: 0.9),
        "cosine" => CosineAnnealingLR(optimizer, T_max: 5, eta_min: 0.001),
        "linear" => LinearLR(optimizer, start_factor: 0.25, end_factor: 0.75, total_iters: 4),
        "lambda" => LambdaLR(optimizer, epoch => 1.0 / (1 + epoch)),
        "sequential" => SequentialLR(
            optimizer, [LinearLR(optimizer, start_factor: 0.1, total_iters: 3), ExponentialLR(optimizer, gamma: 0.8)], [3]),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "conformance.py has a case that is not here"),
    };
}
