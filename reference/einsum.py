"""Contractions of small arrays, by numpy.einsum; the name of a case is the expression."""

import numpy

MODULE = "nn-calculus"
MADE_WITH = f"NumPy {numpy.__version__}"

SIZES = {"a": 2, "b": 3, "c": 2, "i": 3, "j": 4, "k": 2, "l": 5, "m": 2, "n": 3, "o": 1, "w": 2, "y": 3, "z": 2}

EXPRESSIONS = """
i,i->           ij,ij->         i,j->ij         i,j->ji         ij,jk->ik       ij,jk->ki
ji,jk->ik       ij,kj->ik       ij,jk           ba,ca           i,i             ij,ji
ii->            ii->i           ii              iij->j          iji->j          iii->i
ij->            ij->i           ij->j           ij->ji          ijk->kji        ijk->ik
i,ij,j->        i,ij,j->i       i,ij,j          ,i->i           ,,->            i,->
ij,kl->ikjl     ij,kl->ijkl     ij,ij->ij       ij,i->ij        bij,bjk->bik    bij,bkj->bik
bij,jk->bik     bij,bj->bi      ib,jb->bij      ijb,bjk->kbi    ij,jk,kl->il    ij,jk,kl,lm->im
ij,ik,il->jkl   i,i,i->i        ii,ij->j        ii,jj->ij       ij,ji,ii->      ij,kl->ik
ijkmn,mnwyz->ijkmnwyz           ijkmn,mnwyz->ijknwyz            ijkmn,mnwyz->ijkmwyz
ijkmn,mnwyz->ijkwyz             ijkmn,mnwyz->zykjiw             ioj,ojk->iok    oo,oij->ji
ij,jk,kl,lm,mn,ni->             i,ij,jk,kl,lm,mn,n->            ijk,ilm,njm,nlk,abc->abc
""".split()


def array(values):
    values = numpy.asarray(values, dtype=float)
    return {"shape": list(values.shape), "data": values.reshape(-1).tolist()}


def case(expression):
    seed = sum(ord(letter) * 31**n for n, letter in enumerate(expression)) % 2**32
    random = numpy.random.RandomState(seed)
    inputs = expression.split("->")[0].split(",")
    operands = [random.standard_normal([SIZES[index] for index in operand]) for operand in inputs]
    return {
        "operands": {str(k): array(operand) for k, operand in enumerate(operands)},
        "value": array(numpy.einsum(expression, *operands)),
    }


def cases():
    return {expression: case(expression) for expression in EXPRESSIONS}
