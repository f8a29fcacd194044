using System;
using Orchestrator.LibTorch.Interop;

namespace TorchSharp;

public static unsafe partial class torch
{
    public static Tensor rand(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        rand((ReadOnlySpan<long>)size, dtype, device, requires_grad, generator, names);

    public static Tensor rand(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null)
    {
        fixed (long* list = size)
        {
            return Check.Own(Native.ot_rand(list, size.Length, generator.HandleOrDefault(), new TensorSpec(dtype, device, requires_grad)), generator);
        }
    }

    public static Tensor rand(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        rand([size], dtype, device, requires_grad, generator, names);

    public static Tensor rand(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        rand([rows, columns], dtype, device, requires_grad, generator, names);

    public static Tensor rand_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Check.Own(Native.ot_rand_like(input.Handle, new TensorSpec(dtype, device, requires_grad)), input);

    public static Tensor randn(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randn((ReadOnlySpan<long>)size, dtype, device, requires_grad, generator, names);

    public static Tensor randn(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null)
    {
        fixed (long* list = size)
        {
            return Check.Own(Native.ot_randn(list, size.Length, generator.HandleOrDefault(), new TensorSpec(dtype, device, requires_grad)), generator);
        }
    }

    public static Tensor randn(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randn([size], dtype, device, requires_grad, generator, names);

    public static Tensor randn(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randn([rows, columns], dtype, device, requires_grad, generator, names);

    public static Tensor randn_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Check.Own(Native.ot_randn_like(input.Handle, new TensorSpec(dtype, device, requires_grad)), input);

    public static Tensor randint(long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator, names);

    public static Tensor randint(long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null)
    {
        fixed (long* list = size)
        {
            return Check.Own(Native.ot_randint(low, high, list, size.Length, generator.HandleOrDefault(), new TensorSpec(dtype ?? ScalarType.Int64, device, requires_grad)), generator);
        }
    }

    public static Tensor randperm(long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Check.Own(Native.ot_randperm(n, generator.HandleOrDefault(), new TensorSpec(dtype ?? ScalarType.Int64, device, requires_grad)), generator);

    public static Tensor normal(double mean, double std, ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null)
    {
        fixed (long* list = size)
        {
            return Check.Own(Native.ot_normal(mean, std, list, size.Length, generator.HandleOrDefault(), new TensorSpec(dtype, device, requires_grad)), generator);
        }
    }

    public static Tensor bernoulli(Tensor input, Generator? generator = null) =>
        Check.Own(Native.ot_bernoulli(input.Handle, generator.HandleOrDefault()), input, generator);

    public static Tensor poisson(Tensor input, Generator? generator = null) =>
        Check.Own(Native.ot_poisson(input.Handle, generator.HandleOrDefault()), input, generator);

    public static Tensor multinomial(Tensor input, long num_samples, bool replacement = false, Generator? generator = null) =>
        Check.Own(Native.ot_multinomial(input.Handle, num_samples, replacement ? 1 : 0, generator.HandleOrDefault()), input, generator);
}
